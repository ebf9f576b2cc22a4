import { z } from 'zod';
import { filterSchema } from './filter.ts';
import { metricStatuses } from './metric.ts';
import { environments, type Task } from './model.ts';
import { windowSchema } from './query.ts';

const number = z.number().nullable();
const count = z.number().int();
const status = z.enum(metricStatuses);
const time = z.union([z.string(), z.number()]);

const selectionFields = {
  filter: filterSchema.nullish(),
  from: time.optional(),
  to: time.optional(),
  version: z.string().max(256).optional(),
  environment: z.enum(environments).optional(),
};

/** Metrics whose loss every labelled event has: what slices can be worst by. */
export const sliceLossMetrics = ['accuracy', 'log_loss', 'brier', 'mae', 'rmse'] as const;
export type SliceLossMetric = (typeof sliceLossMetrics)[number];

const classification: readonly Task[] = ['binary_classification', 'multiclass_classification'];
const binary: readonly Task[] = ['binary_classification'];
const regression: readonly Task[] = ['regression'];
const everyTask: readonly Task[] = [...classification, ...regression, 'ranking'];

/** The tasks that have a metric for slices. */
export const sliceLossTasks: Record<SliceLossMetric, readonly Task[]> = {
  accuracy: classification,
  log_loss: classification,
  brier: classification,
  mae: regression,
  rmse: regression,
};

export const discoverSlicesBody = z
  .strictObject({
    ...selectionFields,
    /** Default: `accuracy`, for regression `mae`. */
    metric: z.enum(sliceLossMetrics).optional(),
    /** Weight of the mean loss against the size: near 1 finds small intense slices, 0.6 large ones. Default 0.95. */
    alpha: z.number().gt(0).max(1).optional(),
    /** Slices answered; default 10. */
    limit: z.number().int().min(1).max(50).optional(),
    /** Most predicates of a slice; default 3. */
    max_predicates: z.number().int().min(1).max(3).optional(),
    /** Fewest rows of a slice in the half that is searched; default the greater of 32 and 1 %. */
    min_n: z.number().int().min(2).max(1_000_000).optional(),
  })
  .meta({ id: 'DiscoverSlicesBody' });
export type DiscoverSlicesBody = z.infer<typeof discoverSlicesBody>;

const predicate = z.object({ field: z.string(), label: z.string() });

export const discoveredSlice = z.object({
  predicates: z.array(predicate),
  /** Selects the slice; the question's own filter is not part of it. */
  filter: filterSchema,
  /** Of the rows drawn, both halves. */
  n: count,
  share: z.number(),
  /** The metric in the slice and in all other rows drawn; the search favours extremes, so these lie further apart than they would again. */
  value: number,
  value_of_rest: number,
  /** SliceLine's, in the half that was searched. */
  score: z.number(),
  /** What follows is of the other half, which the search did not see. */
  n_held_out: count,
  value_held_out: number,
  /** How much worse the metric of all rows is for the slice's rows: positive = the slice makes it worse. 95 % interval. */
  impact: number,
  lower: number,
  upper: number,
  /** Difference of the mean loss in units of its spread. */
  effect_size: number,
  /** One-sided Welch test of a greater mean loss in the slice, then after Benjamini–Hochberg over the slices answered. */
  p_value: number,
  adjusted_p: number,
  /** Whether it is worse in the other half, too, at an adjusted p below 0.05. */
  verdict: z.enum(['confirmed', 'not_confirmed', 'insufficient_data']),
});

export const discoverSlicesAnswer = z
  .object({
    window: windowSchema,
    metric: z.enum(sliceLossMetrics),
    status,
    /** Events that have the loss; of more than the search takes, a part is drawn by the hash of their identity. */
    n: count,
    rows: count,
    sampled: z.boolean(),
    value: number,
    alpha: z.number(),
    min_n: count,
    max_predicates: count,
    /** Fields searched; `left_out` are those beyond what one search takes. */
    fields: z.array(z.string()),
    left_out: z.array(z.string()),
    /** Slices whose rows were counted. */
    candidates: count,
    /** The search gave up before all had been looked at: there may be worse slices. */
    truncated: z.boolean(),
    slices: z.array(discoveredSlice),
  })
  .meta({ id: 'DiscoverSlicesAnswer' });
export type DiscoverSlicesAnswer = z.infer<typeof discoverSlicesAnswer>;

/** Metrics whose change can be taken apart; each for the tasks that have it. */
export const changeMetrics = [
  'accuracy',
  'precision',
  'recall',
  'f1',
  'roc_auc',
  'log_loss',
  'brier',
  'mae',
  'rmse',
  'bias',
  'label_coverage',
  'mean_score',
  'positive_rate',
  'missing_rate',
  'volume',
] as const;
export type ChangeMetric = (typeof changeMetrics)[number];

/** The tasks that have a metric whose change can be taken apart. */
export const changeMetricTasks: Record<ChangeMetric, readonly Task[]> = {
  ...sliceLossTasks,
  precision: binary,
  recall: binary,
  f1: binary,
  roc_auc: binary,
  bias: regression,
  label_coverage: everyTask,
  mean_score: everyTask,
  positive_rate: binary,
  missing_rate: everyTask,
  volume: everyTask,
};

export const explainChangeBody = z
  .strictObject({
    ...selectionFields,
    /** Default: `accuracy`, for regression `mae`, for ranking `volume`. */
    metric: z.enum(changeMetrics).optional(),
    /** The column of `missing_rate`. */
    column: z.string().max(300).optional(),
    /** Default `reference`. */
    compare_to: z
      .union([z.enum(['reference', 'previous_period']), z.strictObject({ from: time, to: time })])
      .optional(),
    /** Dimensions answered, the most telling first; default 10. */
    limit: z.number().int().min(1).max(100).optional(),
  })
  .meta({ id: 'ExplainChangeBody' });
export type ExplainChangeBody = z.infer<typeof explainChangeBody>;

export const changeSegment = z.object({
  label: z.string(),
  filter: filterSchema,
  /** Events the metric is made of; all of them for `volume`, where those compared with are scaled to the window's length. */
  n: z.number(),
  n_compared: z.number(),
  share: number,
  share_compared: number,
  value: number,
  value_compared: number,
  /** What the segment adds to the change; over the segments of a dimension they add up to it. */
  contribution: z.number(),
  /** Means: the part by its own mean having changed, and by its share having changed. */
  rate: number,
  mix: number,
  /** 95 % interval of the contribution; means only. */
  lower: number,
  upper: number,
  /** Volume: the share of the change, how much its own share surprises, and whether it is among the few that explain two thirds. */
  explanatory_power: number,
  surprise: number,
  selected: z.boolean().nullable(),
});
export type ChangeSegment = z.infer<typeof changeSegment>;

export const changeDimension = z.object({
  field: z.string(),
  /** Half the distance between the contributions and an even spread by size; 0 = all segments changed alike. */
  concentration: number,
  /** What of it chance alone gives; null where it is not known. */
  chance: number,
  /** What dimensions are ordered by: concentration − chance, for `volume` the surprise of the selected segments. */
  rank_value: z.number(),
  /** By size of the contribution. */
  segments: z.array(changeSegment),
});
export type ChangeDimension = z.infer<typeof changeDimension>;

/** `mix_rate` is exact for means, `shapley` for ratios of counts, `counts` for numbers of events. */
export const changeMethods = ['mix_rate', 'shapley', 'counts'] as const;
export type ChangeMethod = (typeof changeMethods)[number];

export const explainChangeAnswer = z
  .object({
    window: windowSchema,
    /** Null: there is nothing to compare with. */
    compared: z
      .object({ kind: z.string(), from: z.string().nullable(), to: z.string().nullable() })
      .nullable(),
    metric: z.enum(changeMetrics),
    column: z.string().nullable(),
    method: z.enum(changeMethods),
    status,
    value: number,
    value_compared: number,
    change: number,
    /** 95 % interval of the change; means only. */
    lower: number,
    upper: number,
    n: z.number(),
    n_compared: z.number(),
    exactness: z.enum(['exact', 'binned']),
    /** Dimensions that have at least two segments. */
    dimensions_total: count,
    dimensions: z.array(changeDimension),
  })
  .meta({ id: 'ExplainChangeAnswer' });
export type ExplainChangeAnswer = z.infer<typeof explainChangeAnswer>;
