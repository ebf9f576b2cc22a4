import { createHash } from 'node:crypto';
import { randomOf } from './random.ts';

/** What the rows of a run follow from. */
export interface Origin {
  seed: number;
  /** Start of the hours the predictions are spread over, epoch ms. */
  fromMs: number;
}

export interface EventRow {
  prediction_id: string;
  prediction_timestamp: string;
  model_version: string;
  prediction_score: number;
  features: { amount: number; country: string };
}

export interface ActualRow {
  prediction_id: string;
  actual_label: string;
  actual_timestamp: string;
}

export const model = { task: 'binary_classification', positive_label: 'yes', decision_threshold: 0.5 };
export const spanMs = 48 * 3_600_000;

export const idOf = (index: number): string => `p-${index}`;
export const indexOf = (id: string): number => Number(id.slice(2));

/** The event with this number. */
export function eventOf({ seed, fromMs }: Origin, index: number): EventRow {
  const random = randomOf(seed * 1_000_003 + index);
  return {
    prediction_id: idOf(index),
    prediction_timestamp: new Date(fromMs + random.int(0, spanMs - 1)).toISOString(),
    model_version: random.pick(['1', '2']),
    prediction_score: random.int(0, 1_000_000) / 1_000_000,
    features: { amount: random.int(0, 100_000) / 100, country: random.pick(['DE', 'FR', 'PL', 'SE', 'US']) },
  };
}

/** What the event's truth is said to be, in the order it is posted; the last one has the latest time. */
export function actualsOf(origin: Origin, index: number): ActualRow[] {
  const { prediction_id, prediction_timestamp, prediction_score } = eventOf(origin, index);
  const random = randomOf(origin.seed * 7_000_003 + index);
  const count = random.chance(0.3) ? 0 : random.chance(0.05) ? 2 : 1;
  return Array.from({ length: count }, (_, nth) => ({
    prediction_id,
    actual_label: random.chance(prediction_score) ? 'yes' : 'no',
    actual_timestamp: new Date(Date.parse(prediction_timestamp) + (nth + 1) * 60_000).toISOString(),
  }));
}

/** Tells whether two events say the same. */
export function digestOf(event: EventRow): string {
  const { prediction_id, prediction_timestamp, model_version, prediction_score, features } = event;
  const parts = [
    prediction_id,
    Date.parse(prediction_timestamp),
    model_version,
    prediction_score,
    features.amount,
    features.country,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}
