import type { FlightDay, FlightRow } from './feature-rows.ts';

/** What is posted next. Events of a day stand before the actuals of the day before it. */
export interface ReplayStep {
  kind: 'events' | 'actuals';
  day: string;
  flights: FlightRow[];
}

/**
 * The order of a replay: day by day, with the outcomes of a day coming after the events of the next one, as late
 * labels do. The outcomes of the last day close it.
 */
export async function* planReplay(days: AsyncIterable<FlightDay>): AsyncGenerator<ReplayStep> {
  let unlabelled: FlightDay | undefined;
  for await (const day of days) {
    yield { kind: 'events', ...day };
    if (unlabelled) yield { kind: 'actuals', ...unlabelled };
    unlabelled = day;
  }
  if (unlabelled) yield { kind: 'actuals', ...unlabelled };
}

/** Cuts a list into batches of at most `size`. */
export function* batches<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** The step between flights that keeps a sample of `count` within `maxEvents`. */
export function samplingStep(count: number, maxEvents: number): number {
  return Math.max(1, Math.ceil(count / maxEvents));
}
