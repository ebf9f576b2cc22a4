import { z } from 'zod';
import { comparedScore, comparedSide } from './comparison.ts';
import { estimateFields, estimationSchema } from './estimation.ts';
import { granularities } from './granularity.ts';
import { columnKinds, metricStatuses } from './metric.ts';
import { environments } from './model.ts';

/** Query parameters every question takes. `filter` is URL-encoded JSON, `compare_to` a word or JSON `{from,to}`. */
export const commonQuery = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  granularity: z.enum(granularities).optional(),
  version: z.string().max(256).optional(),
  environment: z.enum(environments).optional(),
  filter: z.string().max(20_000).optional(),
  compare_to: z.string().max(500).optional(),
});
export type CommonQuery = z.infer<typeof commonQuery>;

/** With `as_of`, what had been received by that time: events and labels that came later, and corrections, count as not known. */
export const asOfQuery = commonQuery.extend({ as_of: z.string().max(100).optional() });

/** Whose rules decide in a drift answer: the platform's own, or the defaults of another library on the raw rows. */
export const driftProfiles = ['plumbline', 'evidently', 'nannyml'] as const;
export type DriftProfile = (typeof driftProfiles)[number];

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().max(1000).optional(),
});

const number = z.number().nullable();
const status = z.enum(metricStatuses);
export const windowSchema = z.object({ from: z.string(), to: z.string() }).meta({ id: 'Window' });

export const driftMetric = z.object({
  metric: z.string(),
  /** In words, where `GET /v1/metrics` does not know the metric: those of another library. */
  method: z.string().optional(),
  value: number,
  p_value: number,
  threshold: number,
  drifted: z.boolean(),
  status,
  exactness: z.enum(['exact', 'binned']),
  error_bound: number,
});

export const driftColumn = z.object({
  column: z.string(),
  kind: z.enum(columnKinds),
  role: z.enum(['feature', 'prediction', 'actual']),
  n_reference: z.number().int(),
  n_current: z.number().int(),
  /** The metric that decides `drifted` for this kind of column. */
  primary: z.string(),
  drifted: z.boolean(),
  /** Features: share of the mean absolute attributions of all features; null without attributions. */
  importance: number.optional(),
  metrics: z.array(driftMetric),
  missing_rate: number,
  missing_rate_reference: number,
});

export const attributionDrift = z.object({
  /** How well the order of importance of now serves that of the reference: NDCG, 1 = as well as its own. */
  ndcg: number,
  threshold: number,
  drifted: z.boolean(),
  status,
  /** Events that carry attributions. */
  n_reference: z.number().int(),
  n_current: z.number().int(),
  features: z.array(
    z.object({
      column: z.string(),
      share_reference: number,
      share_current: number,
      /** From 1, the most important. */
      rank_reference: z.number().int().nullable(),
      rank_current: z.number().int().nullable(),
    }),
  ),
});

export const driftAnswer = z
  .object({
    window: windowSchema,
    profile: z.enum(driftProfiles),
    reference: z
      .object({
        kind: z.string(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        n: z.number().int(),
      })
      .nullable(),
    dataset: z.object({
      drifted_share: number,
      drifted_columns: z.number().int(),
      columns: z.number().int(),
      /** Whether at least half of the judged features drifted. */
      drifted: z.boolean().nullable(),
      /** The share of drifted features weighted by importance; null without attributions. */
      weighted_share: number,
      /** Features whose test stays significant after Benjamini–Hochberg, however small the change. */
      significant_columns: z.number().int().nullable(),
      /** Whose mean absolute attributions are the weights. */
      importance_of: z.enum(['reference', 'current']).nullable(),
      status,
    }),
    columns: z.array(driftColumn),
    /** Of features by their share of the mean absolute attributions; null when no event carries attributions. */
    attribution: attributionDrift.nullable(),
  })
  .meta({ id: 'DriftAnswer' });
export type DriftAnswer = z.infer<typeof driftAnswer>;

export const distributionBin = z.object({
  /** What the bin holds: `[10, 20)`, a category, `below`, `above`, `other`, `unseen`. */
  label: z.string(),
  kind: z.enum(['range', 'value', 'below', 'above', 'other', 'unseen']),
  from: number,
  to: number,
  reference_count: z.number().int().nullable(),
  reference_share: number,
  current_count: z.number().int(),
  current_share: number,
});

export const distributionAnswer = z
  .object({
    window: windowSchema,
    column: z.string(),
    kind: z.enum(columnKinds),
    n_reference: z.number().int().nullable(),
    n_current: z.number().int(),
    missing_current: z.number().int(),
    missing_reference: z.number().int().nullable(),
    bins: z.array(distributionBin),
  })
  .meta({ id: 'DistributionAnswer' });
export type DistributionAnswer = z.infer<typeof distributionAnswer>;

export const timeseriesPoint = z.object({
  window_start: z.string(),
  value: number,
  lower: number,
  upper: number,
  n: z.number().int(),
  status,
  /** Of the window: the value beyond which it warns. */
  threshold: number,
  /** The other end where values may be neither too great nor too small. */
  threshold_lower: number,
  /** Performance: share of the window's events that are labelled; null without events. */
  label_coverage: number.optional(),
  /** Performance: the window still waits for labels, and its value will be revised. */
  provisional: z.boolean().optional(),
  ...z.object(estimateFields).partial().shape,
  /** (estimated − realised) in standard errors, where labels have arrived; present with `estimated`. */
  estimated_bias: number.optional(),
});

export const timeseriesAnswer = z
  .object({
    metric: z.string(),
    column: z.string().nullable(),
    granularity: z.enum(granularities),
    window: windowSchema,
    /** When the question asked for what was known at a time: that time. */
    as_of: z.string().optional(),
    /** Performance: how the estimates of the points came about; null for other metrics. */
    estimation: estimationSchema.extend({ distrusted: z.boolean() }).nullable(),
    points: z.array(timeseriesPoint),
  })
  .meta({ id: 'TimeseriesAnswer' });
export type TimeseriesAnswer = z.infer<typeof timeseriesAnswer>;

export const performanceMetric = z.object({
  metric: z.string(),
  value: number,
  lower: number,
  upper: number,
  n: z.number().int(),
  status,
  exactness: z.enum(['exact', 'binned']),
  error_bound: number,
  ...estimateFields,
  /** Whether the last three days whose labels have arrived all missed by more than 3 standard errors. */
  estimated_distrusted: z.boolean(),
  /** What `compare_to` asks for, absent: the reference; null without one. */
  compared: comparedScore.nullable(),
});

const point = z.object({ x: z.number(), y: z.number() });

export const performanceAnswer = z
  .object({
    window: windowSchema,
    /** When the question asked for what was known at a time: that time. */
    as_of: z.string().optional(),
    task: z.string(),
    label_coverage: number,
    n_events: z.number().int(),
    n_labelled: z.number().int(),
    compared_to: comparedSide.nullable(),
    metrics: z.array(performanceMetric),
    estimation: estimationSchema,
    confusion_matrix: z
      .object({
        labels: z.array(z.string()),
        counts: z.array(z.array(z.number().int())),
        tp: z.number().int().optional(),
        fp: z.number().int().optional(),
        fn: z.number().int().optional(),
        tn: z.number().int().optional(),
      })
      .nullable(),
    curves: z.object({
      roc: z.array(point).nullable(),
      pr: z.array(point).nullable(),
      /** x: share of the events from the highest score down; y: share of the positives among them. */
      gains: z.array(point).nullable(),
      calibration: z
        .array(
          z.object({
            mean_score: z.number(),
            positive_rate: z.number(),
            lower: number,
            upper: number,
            n: z.number().int(),
          }),
        )
        .nullable(),
    }),
    /** Binary: what every threshold finds. One that is not listed finds what the next greater one does. */
    threshold_sweep: z
      .object({
        positives: z.number().int(),
        negatives: z.number().int(),
        /** Ascending, to 0.001; a score equal to it is predicted positive. The last, 1, predicts nothing positive. */
        thresholds: z.array(z.number()),
        true_positives: z.array(z.number().int()),
        false_positives: z.array(z.number().int()),
      })
      .nullable(),
  })
  .meta({ id: 'PerformanceAnswer' });
export type PerformanceAnswer = z.infer<typeof performanceAnswer>;
