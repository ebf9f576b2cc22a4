import { z } from 'zod';
import { featureKinds } from './model.ts';

/**
 * What became of a feature.
 * - `new`: a row named it for the first time; `to` is the kind its value gave it.
 * - `edited`: its kind was changed by hand, from `from` to `to`.
 * - `missing`: nearly every row had it, none of the last `n` rows does.
 * - `retyped`: `n` rows of the last hour were refused because its values are `to` instead of `from`.
 * - `back`: a missing feature came again, or the refusals ended.
 */
export const schemaChangeKinds = ['new', 'edited', 'missing', 'retyped', 'back'] as const;
export type SchemaChangeKind = (typeof schemaChangeKinds)[number];

export const schemaChange = z
  .object({
    id: z.string(),
    at: z.string(),
    column: z.string(),
    kind: z.enum(schemaChangeKinds),
    from: z.string().nullable(),
    to: z.string().nullable(),
    /** Rows the change was seen in. */
    n: z.number().int(),
    model_version: z.string().nullable(),
  })
  .meta({ id: 'SchemaChange' });
export type SchemaChangeAnswer = z.infer<typeof schemaChange>;

export const schemaFeature = z
  .object({
    name: z.string(),
    kind: z.enum(featureKinds),
    min: z.number().nullable(),
    max: z.number().nullable(),
    sensitive: z.boolean(),
    /** Named by PUT, as opposed to learned from rows. */
    declared: z.boolean(),
    /** When the model learned of the feature. */
    first_seen: z.string(),
    /** Time of a prediction among the newest rows that had a value, or of the newest one; null when none had. */
    last_seen: z.string().nullable(),
    /** Share of the newest rows without a value; null without rows and for embeddings. */
    missing_share: z.number().nullable(),
    /** Distinct values of the newest rows, at most 3; never of a sensitive feature. */
    examples: z.array(z.union([z.string(), z.number(), z.boolean()])),
    /** What the latest change says, `ok` when it ended. */
    state: z.enum(['ok', 'missing', 'retyped']),
  })
  .meta({ id: 'SchemaFeature' });
export type SchemaFeature = z.infer<typeof schemaFeature>;

/** `rows` newest production rows were looked at. */
export const schemaAnswer = z
  .object({ rows: z.number().int(), features: z.array(schemaFeature) })
  .meta({ id: 'SchemaAnswer' });
export type SchemaAnswer = z.infer<typeof schemaAnswer>;
