import type { IngestAnswer, PerformanceAnswer } from '@plumbline/contracts';
import {
  actualOf,
  type DayRange,
  eventWriter,
  type FlightRow,
  featureRows,
  loadFlightModel,
  modelBody,
} from '@plumbline/flight-delay';
import type { CallApi } from '../api.ts';
import { waitUntil } from '../wait-until.ts';

export const flightModel = { slug: 'flight-delay', name: 'Flight delays' } as const;

const batchSize = 1000;

async function flights(range: DayRange, everyNth: number): Promise<FlightRow[]> {
  const rows: FlightRow[] = [];
  for await (const chunk of featureRows({ ...range, everyNth })) rows.push(...chunk);
  return rows;
}

/** Registers the model and uploads real flights of January, scored by the real model, as its reference. */
export async function postReference(callApi: CallApi): Promise<void> {
  const model = loadFlightModel();
  const write = eventWriter(model);
  const rows = await flights({ from: '2001-01-01', to: '2001-02-01' }, 60);
  await callApi('PUT', `/models/${flightModel.slug}`, modelBody(model));
  await callApi('POST', `/models/${flightModel.slug}/reference`, {
    model_version: model.version,
    events: rows.map((row) => {
      const { actual_label, actual_timestamp } = actualOf(row, model);
      return { ...write(row), actual_label, actual_timestamp };
    }),
  });
}

/** Posts real flights with every tenth explained, then their outcomes; resolves when all of them can be asked about. */
export async function postFlights(callApi: CallApi, range: DayRange): Promise<FlightRow[]> {
  const path = `/models/${flightModel.slug}`;
  const model = loadFlightModel();
  const write = eventWriter(model);
  const rows = await flights(range, 80);
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    const posted = await callApi<IngestAnswer>('POST', `${path}/events`, {
      model_version: model.version,
      events: batch.map((row, i) => write(row, { isExplained: i % 10 === 0 })),
    });
    if (posted.accepted !== batch.length) throw new Error(`Only ${posted.accepted} events were accepted.`);
    await callApi('POST', `${path}/actuals`, { actuals: batch.map((row) => actualOf(row, model)) });
  }
  await waitUntil('all flights and outcomes to be counted', 30_000, async () => {
    const { n_events, n_labelled } = await callApi<PerformanceAnswer>('GET', `${path}/performance`);
    return n_events === rows.length && n_labelled === rows.length;
  });
  return rows;
}
