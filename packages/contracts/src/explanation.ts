import { z } from 'zod';

export const audiences = ['data_scientist', 'business', 'auditor', 'operator', 'subject'] as const;
export type Audience = (typeof audiences)[number];

export const eventAnswer = z
  .object({
    prediction_id: z.string(),
    prediction_timestamp: z.string(),
    received_at: z.string(),
    model_version: z.string(),
    environment: z.string(),
    features: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
    prediction_label: z.string().nullable(),
    prediction_score: z.number().nullable(),
    prediction_scores: z.record(z.string(), z.number()).nullable(),
    actual_label: z.string().nullable(),
    actual_score: z.number().nullable(),
    actual_timestamp: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
    shap_values: z.record(z.string(), z.number()).nullable(),
    shap_base_value: z.number().nullable(),
    embedding_features: z.record(z.string(), z.unknown()).nullable(),
    subject_id: z.string().nullable(),
    group_id: z.string().nullable(),
    rank: z.number().nullable(),
  })
  .meta({ id: 'EventAnswer' });
export type EventAnswer = z.infer<typeof eventAnswer>;

/** One row of the predictions page. */
export const eventRow = z
  .object({
    prediction_id: z.string(),
    prediction_timestamp: z.string(),
    model_version: z.string(),
    prediction_label: z.string().nullable(),
    prediction_score: z.number().nullable(),
    actual_label: z.string().nullable(),
    actual_score: z.number().nullable(),
    explained: z.boolean(),
    features: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  })
  .meta({ id: 'EventRow' });
export type EventRow = z.infer<typeof eventRow>;

export const explanationAnswer = z
  .object({
    prediction_id: z.string(),
    status: z.enum(['ok', 'no_attributions', 'non_additive']),
    base_value: z.number().nullable(),
    score: z.number().nullable(),
    contributions: z.array(
      z.object({
        feature: z.string(),
        value: z.union([z.number(), z.string(), z.boolean(), z.null()]),
        contribution: z.number(),
      }),
    ),
    additive: z.boolean(),
    narrative: z.object({ audience: z.enum(audiences), text: z.string() }),
    evidence: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ExplanationAnswer' });
export type ExplanationAnswer = z.infer<typeof explanationAnswer>;
