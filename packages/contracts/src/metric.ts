import { z } from 'zod';
import { granularities } from './granularity.ts';
import { tasks } from './model.ts';

/** How a result came about; anything but `ok` has a null value and never alerts by itself. */
export const metricStatuses = [
  'ok',
  'insufficient_data',
  'constant',
  'empty',
  'not_applicable',
  'degenerate',
] as const;
export type MetricStatus = (typeof metricStatuses)[number];

export const columnKinds = ['numeric', 'categorical', 'boolean'] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** One entry of `GET /v1/metrics`: what forms, axes and help texts are made from. */
export const metricInfo = z
  .object({
    metric: z.string(),
    title: z.string(),
    family: z.enum(['drift', 'quality', 'performance', 'volume']),
    /** Needs a column: the kinds it works on; null when it judges the model as a whole. */
    column_kinds: z.array(z.enum(columnKinds)).nullable(),
    /** Null = every task. */
    tasks: z.array(z.enum(tasks)).nullable(),
    needs_reference: z.boolean(),
    measures: z.enum(['distance', 'p_value', 'rate', 'score', 'loss', 'count', 'error', 'duration']),
    worse: z.enum(['higher', 'lower', 'either']),
    unit: z.string(),
    range: z.tuple([z.number().nullable(), z.number().nullable()]),
    default_threshold: z.number().nullable(),
    min_n: z.number().int(),
    exactness: z.enum(['exact', 'binned']),
    description: z.string(),
    docs: z.string(),
    /** Windows it has values of; absent = all. */
    granularities: z.array(z.enum(granularities)).optional(),
    /** Values come with limits of their own: `auto` takes these, and no other threshold looks at the reference. */
    own_limits: z.literal(true).optional(),
  })
  .meta({ id: 'MetricInfo' });
export type MetricInfo = z.infer<typeof metricInfo>;

/** The result of one metric over one window. */
export interface Score {
  value: number | null;
  status: MetricStatus;
  n: number;
  nReference?: number;
  lower?: number | null;
  upper?: number | null;
  pValue?: number | null;
  /** Drift: the p-value of the column's test after Benjamini–Hochberg over the columns of the window; null = not tested. */
  adjustedP?: number | null;
  exactness: 'exact' | 'binned';
  /** |value − exact| is at most this; binned results only. */
  errorBound?: number | null;
  /** What `auto` thresholds take where the value was compared with limits of its own; `isChance`: beyond them for no reason. Never stored. */
  own?: { lower: number | null; upper: number | null; isChance: boolean };
}
