import {
  actualOf,
  eventWriter,
  type FlightActual,
  featureRows,
  loadFlightModel,
  modelBody,
} from '@plumbline/flight-delay';
import type { HttpClient } from './http-client.ts';
import { inLanes, until } from './http-client.ts';

const model = loadFlightModel();
export const flightModel = modelBody(model);
/** Flights from February to June. */
const available = 2_491_755;

export interface FlightBatch {
  events: object[];
  actuals: FlightActual[];
}

/** About `total` real flights, spread evenly over five months, in batches as they are posted. */
export async function* flightBatches(total: number, batchSize: number): AsyncGenerator<FlightBatch> {
  const write = eventWriter(model);
  let batch: FlightBatch = { events: [], actuals: [] };
  const everyNth = Math.max(1, Math.floor(available / total));
  for await (const flights of featureRows({ from: '2001-02-01', to: '2001-07-01', everyNth })) {
    for (const flight of flights) {
      batch.events.push(write(flight));
      batch.actuals.push(actualOf(flight, model));
      if (batch.events.length < batchSize) continue;
      yield batch;
      batch = { events: [], actuals: [] };
    }
  }
  if (batch.events.length > 0) yield batch;
}

/** Registers the model with a reference of about `rows` flights of January. */
export async function postFlightModel(http: HttpClient, slug: string, rows = 8000): Promise<void> {
  const write = eventWriter(model);
  const events: object[] = [];
  for await (const flights of featureRows({
    from: '2001-01-01',
    to: '2001-02-01',
    everyNth: Math.ceil(508_239 / rows),
  })) {
    for (const flight of flights)
      events.push({ ...write(flight), actual_label: actualOf(flight, model).actual_label });
  }
  await http.put(`/v1/models/${slug}`, flightModel);
  await http.post(`/v1/models/${slug}/reference`, { model_version: model.version, events });
}

export interface IngestStatus {
  events: number;
  mirrored_events: number;
}

/** Waits until all events of a model are in parts. */
export async function untilMirrored(http: HttpClient, slug: string, deadlineMs = 120_000): Promise<void> {
  await until(
    `mirroring of ${slug}`,
    async () => {
      const { events, mirrored_events } = await http.get<IngestStatus>(`/v1/models/${slug}/ingest-status`);
      return mirrored_events === events;
    },
    { deadlineMs, everyMs: 250 },
  );
}

/** Posts flights and, when asked, their labels; returns how many events were sent. */
export async function postFlights(
  http: HttpClient,
  slug: string,
  total: number,
  options: { labels: boolean },
): Promise<number> {
  let sent = 0;
  await inLanes(flightBatches(total, 1000), 4, async ({ events, actuals }) => {
    await http.post(`/v1/models/${slug}/events`, { model_version: model.version, events });
    if (options.labels) await http.post(`/v1/models/${slug}/actuals`, { actuals });
    sent += events.length;
  });
  return sent;
}
