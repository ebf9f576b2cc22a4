import { z } from 'zod';
import { arrivalSchema } from './arrival.ts';
import { expectationReport } from './expectation.ts';
import { columnKinds } from './metric.ts';
import { windowSchema } from './query.ts';

const number = z.number().nullable();
const counts = z.object({ at_least: z.number().int(), at_most: z.number().int() }).nullable();
const shares = z.object({ at_least: z.number(), at_most: z.number() }).nullable();

export const qualityColumn = z.object({
  column: z.string(),
  kind: z.enum(columnKinds),
  role: z.enum(['feature', 'prediction', 'actual']),
  n: z.number().int(),
  missing: z.number().int(),
  missing_rate: number,
  missing_rate_reference: number,
  unseen: z.number().int().nullable(),
  unseen_rate: number,
  unseen_values: z.array(z.object({ value: z.string(), count: z.number().int() })),
  out_of_range: z.number().int().nullable(),
  out_of_range_rate: number,
  /** Different values, as far as the bins tell; null for numbers binned by ranges. */
  distinct: counts,
  distinct_reference: counts,
  /** Share of the most common value, as far as the bins tell; null without values. */
  most_common: shares,
  most_common_reference: shares,
  /** One value makes up 99.9 % of the values, and did not in the reference; null where that is not certain. */
  stands_still: z.boolean().nullable(),
  min: number,
  max: number,
  mean: number,
  standard_deviation: number,
});

export const qualityAnswer = z
  .object({
    window: windowSchema,
    n_events: z.number().int(),
    /** Rows received in [from, to): the window, or all when the query names none. Of all versions, whatever the filter. */
    intake: z.object({
      from: z.string(),
      to: z.string(),
      accepted: z.number().int(),
      rejected: z.number().int(),
      rejected_share: number,
    }),
    arrival: arrivalSchema,
    columns: z.array(qualityColumn),
    /** Null for a model without expectations and without a reference to suggest some. */
    expectations: expectationReport.nullable(),
  })
  .meta({ id: 'QualityAnswer' });
export type QualityAnswer = z.infer<typeof qualityAnswer>;
