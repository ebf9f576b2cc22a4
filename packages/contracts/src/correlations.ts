import { z } from 'zod';
import { metricStatuses } from './metric.ts';

const number = z.number().nullable();
const both = z.object({ reference: number, current: number });

export const correlationPair = z.object({
  columns: z.tuple([z.string(), z.string()]),
  /** Spearman’s correlation of numbers, Cramér’s V of categories, the correlation ratio of one of each. */
  measure: z.enum(['spearman', 'cramers_v', 'correlation_ratio']),
  reference: number,
  current: number,
  /** current − reference */
  change: number,
  /** Fisher’s z test that nothing changed. */
  p_value: number,
  /** After Benjamini–Hochberg over the pairs. */
  adjusted_p: number,
  /** The change is at least `smallest_change`, and its adjusted p below `significance`. */
  changed: z.boolean(),
  status: z.enum(metricStatuses),
  /** Of the rows that were drawn, those that have both values. */
  n_reference: z.number().int(),
  n_current: z.number().int(),
  /** Pearson’s correlation of numbers, beside Spearman’s that decides. */
  pearson: both.nullable(),
});
export type CorrelationPair = z.infer<typeof correlationPair>;

export const correlationsAnswer = z
  .object({
    window: z.object({ from: z.string(), to: z.string() }),
    reference: z
      .object({ kind: z.string(), from: z.string().nullable(), to: z.string().nullable() })
      .nullable(),
    /** Events a side that are drawn at most, and those there are. */
    sample: z.object({
      limit: z.number().int(),
      events_reference: z.number().int(),
      events_current: z.number().int(),
    }),
    smallest_change: z.number(),
    significance: z.number(),
    /** The features looked at, the most important ones first, of `columns_total`. */
    columns: z.array(z.string()),
    columns_total: z.number().int(),
    /** Whose mean absolute attributions say what is important; null = the order of the schema. */
    importance_of: z.enum(['reference', 'current']).nullable(),
    /** Every two of the columns; empty without a reference. */
    pairs: z.array(correlationPair),
  })
  .meta({ id: 'CorrelationsAnswer' });
export type CorrelationsAnswer = z.infer<typeof correlationsAnswer>;
