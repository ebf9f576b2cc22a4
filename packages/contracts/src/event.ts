import { z } from 'zod';
import { environments } from './model.ts';

/** Limits of one row and one batch. */
export const limits = {
  bodyBytes: 10 * 1024 * 1024,
  eventsPerBatch: 10_000,
  eventBytes: 256 * 1024,
  idCharacters: 128,
  nameCharacters: 256,
  featuresPerEvent: 1000,
  stringCharacters: 32_768,
  depth: 32,
  futureToleranceMs: 10 * 60_000,
  earliestMs: Date.UTC(1980, 0, 1),
} as const;

const time = z.union([z.string(), z.number()]);
const featureValue = z.union([z.number(), z.string(), z.boolean(), z.null(), z.array(z.number())]);

/** One prediction as posted. Documents the body; rows are validated one by one so that one bad row does not fail the batch. */
export const eventBody = z
  .strictObject({
    prediction_id: z.string(),
    prediction_timestamp: time,
    model_version: z.string().nullish(),
    environment: z.enum(environments).nullish(),
    features: z.record(z.string(), featureValue).nullish(),
    prediction_label: z.string().nullish(),
    prediction_score: z.number().nullish(),
    prediction_scores: z.record(z.string(), z.number()).nullish(),
    actual_label: z.string().nullish(),
    actual_score: z.number().nullish(),
    actual_timestamp: time.nullish(),
    tags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
    shap_values: z.record(z.string(), z.number()).nullish(),
    shap_base_value: z.number().nullish(),
    embedding_features: z
      .record(z.string(), z.object({ vector: z.array(z.number()), data: z.string().optional() }))
      .nullish(),
    subject_id: z.string().nullish(),
    group_id: z.string().nullish(),
    rank: z.number().int().min(1).nullish(),
  })
  .meta({ id: 'EventBody' });
export type EventBody = z.infer<typeof eventBody>;

export const eventsBody = z
  .strictObject({
    model_version: z.string().optional(),
    environment: z.enum(environments).optional(),
    events: z.array(eventBody),
  })
  .meta({ id: 'EventsBody' });

export const actualBody = z
  .strictObject({
    prediction_id: z.string(),
    actual_label: z.string().nullish(),
    actual_score: z.number().nullish(),
    actual_timestamp: time.nullish(),
  })
  .meta({ id: 'ActualBody' });

export const actualsBody = z.strictObject({ actuals: z.array(actualBody) }).meta({ id: 'ActualsBody' });

export const rejectedRow = z
  .object({
    index: z.number().int(),
    prediction_id: z.string().nullable(),
    code: z.string(),
    pointer: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'RejectedRow' });
export type RejectedRow = z.infer<typeof rejectedRow>;

export const ingestAnswer = z
  .object({
    batch_id: z.string(),
    accepted: z.number().int(),
    duplicates: z.number().int(),
    rejected: z.array(rejectedRow),
  })
  .meta({ id: 'IngestAnswer' });
export type IngestAnswer = z.infer<typeof ingestAnswer>;

export const ingestStatus = z
  .object({
    events: z.number().int(),
    actuals: z.number().int(),
    mirrored_events: z.number().int(),
    last_event_at: z.string().nullable(),
    lag_seconds: z.number().nullable(),
  })
  .meta({ id: 'IngestStatus' });
export type IngestStatus = z.infer<typeof ingestStatus>;

/**
 * A validated event, as stored: times in epoch milliseconds, absent values left out.
 * `features` keeps only scalars; embeddings stand apart.
 */
export interface StoredEvent {
  prediction_id: string;
  prediction_ms: number;
  model_version: string;
  environment: (typeof environments)[number];
  features: Record<string, number | string | boolean | null>;
  prediction_label?: string;
  prediction_score?: number;
  prediction_scores?: Record<string, number>;
  tags?: Record<string, string>;
  shap_values?: Record<string, number>;
  shap_base_value?: number;
  embedding_features?: Record<string, { vector: number[]; data?: string }>;
  subject_id?: string;
  group_id?: string;
  /** Position in its group, from 1. */
  rank?: number;
  /** Which of the fields above were not posted but worked out; they are no part of the event's content. */
  derived?: DerivedField[];
}

export type DerivedField = 'prediction_label' | 'prediction_score';

/** A validated actual. Both values absent = the label was taken back. */
export interface StoredActual {
  prediction_id: string;
  actual_label?: string;
  actual_score?: number;
  actual_ms?: number;
}
