import type { IngestAnswer } from '@plumbline/contracts';
import { type ApiClient, type ApiTarget, createApiClient } from './api-client.ts';
import { countFlights, type DayRange, featureRows, flightDays } from './feature-rows.ts';
import { actualOf, eventWriter, modelBody } from './flight-events.ts';
import { type FlightModel, loadFlightModel } from './model.ts';
import { batches, planReplay, samplingStep } from './replay-plan.ts';
import { createTaskPool } from './task-pool.ts';

/** January, the month the model was trained in. */
const referenceRange: DayRange = { from: '2001-01-01', to: '2001-02-01' };
/** Newline-delimited JSON has no limit of rows; every tenth flight of January says enough for bins. */
const referenceEvents = 50_000;
const batchSize = 1000;
const requestsInFlight = 4;

export interface ReplayOptions extends ApiTarget, DayRange {
  modelSlug: string;
  /** Post every nth flight of each day; goes before `maxEvents`. */
  everyNth?: number;
  /** Thin the flights out evenly so that at most about this many are posted. */
  maxEvents?: number;
  /** Add attributions to every nth posted event. */
  explainEveryNth: number;
  onProgress?: (progress: ReplayProgress) => void;
}

export interface ReplayProgress {
  /** The newest day whose events were handed over. */
  day: string;
  events: number;
  actuals: number;
}

export interface ReplayResult {
  events: number;
  actuals: number;
  duplicates: number;
  rejected: number;
  everyNth: number;
  /** The explained event with the highest score. */
  topExplained: { predictionId: string; score: number } | undefined;
}

export interface ReferenceResult {
  events: number;
  /** Share of the posted reference that the model calls right at its decision threshold. */
  accuracy: number;
}

/** Registers the model and uploads a sample of January as its reference. */
export async function postReference(
  target: ApiTarget & { modelSlug: string },
  model: FlightModel = loadFlightModel(),
): Promise<ReferenceResult> {
  const client = createApiClient(target);
  const writeEvent = eventWriter(model);
  await client('PUT', `/models/${target.modelSlug}`, modelBody(model));
  const everyNth = samplingStep(await countFlights(referenceRange), referenceEvents);
  const lines: string[] = [];
  let right = 0;
  for await (const chunk of featureRows({ ...referenceRange, everyNth })) {
    for (const flight of chunk) {
      const event = writeEvent(flight);
      const { actual_label, actual_timestamp } = actualOf(flight, model);
      const isCalledLate = event.prediction_score >= model.decision_threshold;
      if (isCalledLate === (actual_label === model.positive_label)) right += 1;
      lines.push(JSON.stringify({ ...event, actual_label, actual_timestamp }));
    }
  }
  const path = `/models/${target.modelSlug}/reference?model_version=${encodeURIComponent(model.version)}`;
  await client('POST', path, lines.join('\n'), { contentType: 'application/x-ndjson' });
  return { events: lines.length, accuracy: right / lines.length };
}

/**
 * Posts the flights of a range as events, and their outcomes a day later in event time. Requests go out in that order,
 * at most four at a time. Sending the same range again stores nothing twice, since ids and contents are the same.
 */
export async function replayDays(
  options: ReplayOptions,
  model: FlightModel = loadFlightModel(),
): Promise<ReplayResult> {
  const { from, to, explainEveryNth, onProgress, signal } = options;
  const client = createApiClient(options);
  const writeEvent = eventWriter(model);
  const everyNth =
    options.everyNth ??
    samplingStep(await countFlights({ from, to }), options.maxEvents ?? Number.POSITIVE_INFINITY);
  const result: ReplayResult = {
    events: 0,
    actuals: 0,
    duplicates: 0,
    rejected: 0,
    everyNth,
    topExplained: undefined,
  };
  const pool = createTaskPool(requestsInFlight);
  let written = 0;

  for await (const step of planReplay(flightDays(featureRows({ from, to, everyNth })))) {
    for (const flights of batches(step.flights, batchSize)) {
      signal?.throwIfAborted();
      if (step.kind === 'actuals') {
        const actuals = flights.map((flight) => actualOf(flight, model));
        await pool.start(async () => {
          const answer = await post(client, options.modelSlug, 'actuals', { actuals });
          result.actuals += answer.accepted + answer.duplicates;
          result.rejected += answer.rejected.length;
        });
        continue;
      }
      const events = flights.map((flight) => {
        const isExplained = written % explainEveryNth === 0;
        written += 1;
        const event = writeEvent(flight, { isExplained });
        if (isExplained && event.prediction_score > (result.topExplained?.score ?? 0)) {
          result.topExplained = { predictionId: event.prediction_id, score: event.prediction_score };
        }
        return event;
      });
      await pool.start(async () => {
        const answer = await post(client, options.modelSlug, 'events', {
          model_version: model.version,
          events,
        });
        result.events += answer.accepted;
        result.duplicates += answer.duplicates;
        result.rejected += answer.rejected.length;
      });
    }
    if (step.kind === 'events') {
      onProgress?.({ day: step.day, events: result.events + result.duplicates, actuals: result.actuals });
    }
  }
  await pool.finish();
  return result;
}

function post(
  client: ApiClient,
  modelSlug: string,
  what: 'events' | 'actuals',
  body: unknown,
): Promise<IngestAnswer> {
  return client<IngestAnswer>('POST', `/models/${modelSlug}/${what}`, body, { isRepeatable: true });
}

/** The whole replay: model, reference, then the days of the range. */
export async function replayFlights(
  options: ReplayOptions,
): Promise<{ reference: ReferenceResult; replay: ReplayResult }> {
  const model = loadFlightModel();
  const reference = await postReference(options, model);
  return { reference, replay: await replayDays(options, model) };
}
