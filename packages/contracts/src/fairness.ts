import { z } from 'zod';
import { comparedSide } from './comparison.ts';
import { filterSchema } from './filter.ts';
import { metricStatuses } from './metric.ts';
import { tasks } from './model.ts';
import { commonQuery, windowSchema } from './query.ts';

/** Most attributes that groups are crossed from. */
export const maxAttributes = 3;

const list = z.union([z.string().max(300), z.array(z.string().max(300)).max(maxAttributes)]);

/**
 * `attribute` once for every attribute to cross; `reference_group` once for each of them, in their order. Without
 * `compare_to` disparities stand alone.
 */
export const fairnessQuery = commonQuery.omit({ granularity: true }).extend({
  attribute: list,
  reference_group: list.optional(),
  /** Classification: the predicted label that counts as selected. Default: the positive label. */
  favourable_label: z.string().min(1).max(256).optional(),
});
export type FairnessQuery = z.infer<typeof fairnessQuery>;

/** Count, mean and Σ(x − mean)². */
interface OutcomeMoments {
  n: number;
  mean: number;
  m2: number;
}

/** How the predictions of a group turned out: sums that can be added up. */
export interface GroupOutcomes {
  events: number;
  /** Events that have an actual of the kind the task needs. */
  labelled: number;
  /** Events with a predicted label, and those among them whose label is the favourable one. */
  predicted: number;
  selected: number;
  /** Labelled events with a predicted label; positive = the favourable label. */
  confusion: { tp: number; fp: number; fn: number; tn: number };
  /** Labelled events with a predicted label, and those among them whose predicted label is the actual one. */
  judged: number;
  correct: number;
  /** The score: probability of the favourable label; regression: the predicted value. */
  scores: OutcomeMoments;
  /** Labelled events with a score, by ten equal-width bins of it. */
  calibration: { positives: number[]; negatives: number[]; scoreSums: number[] };
  /** Score − outcome (1 = favourable label, 0 = another); regression: prediction − actual. */
  errors: OutcomeMoments;
  /** Magnitudes of `errors`. */
  absoluteErrors: OutcomeMoments;
}

/** Outcomes of the events that share the values of some attributes. */
export interface AttributeGroup {
  /** By the order of the attributes; null = missing. A numeric attribute cut into ranges has the position of the range. */
  values: (string | number | boolean | null)[];
  outcomes: GroupOutcomes;
}

export const fairnessMetrics = [
  'selection_rate',
  'recall',
  'false_positive_rate',
  'specificity',
  'false_negative_rate',
  'precision',
  'false_omission_rate',
  'accuracy',
  'error_balance',
  'ece',
  'score_bias',
  'mean_score',
  'mae',
  'bias',
] as const;
export type FairnessMetric = (typeof fairnessMetrics)[number];

const number = z.number().nullable();
const count = z.number().int();
const status = z.enum(metricStatuses);

export const fairnessMetricInfo = z.object({
  metric: z.enum(fairnessMetrics),
  title: z.string(),
  description: z.string(),
  /** What `n` counts, in words. */
  counts: z.string(),
  /** Fewest of those for a value, and fewest events (performance: labelled ones) of the group. */
  min_n: count,
  min_events: count,
  range: z.tuple([number, number]),
});
export type FairnessMetricInfo = z.infer<typeof fairnessMetricInfo>;

const groupValue = z.object({
  metric: z.enum(fairnessMetrics),
  value: number,
  lower: number,
  upper: number,
  n: count,
  /** `empty`: nothing of what `n` counts, such as no positives. */
  status,
});

/** Beyond four fifths, or five fourths, of the reference group; `unclear`: beyond it, but chance could do that. */
export const fourFifthsVerdicts = ['within', 'below', 'above', 'unclear'] as const;
export type FourFifthsVerdict = (typeof fourFifthsVerdicts)[number];

const comparison = z.object({
  /** This group − the reference group. */
  difference: z.number(),
  difference_lower: number,
  difference_upper: number,
  /** This group ÷ the reference group; null where that means nothing. */
  ratio: number,
  ratio_lower: number,
  ratio_upper: number,
  p_value: number,
  /** After Benjamini–Hochberg over the groups. */
  adjusted_p: number,
  /** Selection rate: the four-fifths rule. */
  verdict: z.enum(fourFifthsVerdicts).nullable(),
});
export type FairnessComparison = z.infer<typeof comparison>;

export const fairnessGroup = z.object({
  /** Values by attribute; ranges of numbers as text; null = missing. Null for the pooled small groups. */
  group: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()).nullable(),
  /** Only groups of kind `group` are compared; `missing`: an attribute has no value; `small`: pooled. */
  kind: z.enum(['group', 'missing', 'small']),
  /** Selects exactly these events; null for the pooled ones. */
  filter: filterSchema.nullable(),
  n: count,
  n_labelled: count,
  /** With the reference group, where both have a value and this is not it. */
  metrics: z.array(groupValue.extend({ comparison: comparison.nullable() })),
});
export type FairnessGroup = z.infer<typeof fairnessGroup>;

/** A disparity of the other side of a comparison, and how far this one is from it. */
const comparedDisparity = z.object({
  status,
  groups: count,
  difference: number,
  difference_lower: number,
  difference_upper: number,
  ratio: number,
  /** Difference of the asked window − difference of the other side, with its interval; null without one of the two. */
  change: number,
  change_lower: number,
  change_upper: number,
});

const disparity = z.object({
  disparity: z.string(),
  title: z.string(),
  description: z.string(),
  metrics: z.array(z.enum(fairnessMetrics)),
  status,
  /** Groups with a value, and compared groups without one. */
  groups: count,
  without_value: count,
  /** Largest − smallest value; the interval holds for all pairs of groups at once. */
  difference: number,
  difference_lower: number,
  difference_upper: number,
  /** Smallest ÷ largest value. */
  ratio: number,
  ratio_lower: number,
  ratio_upper: number,
  /** That no two groups differ: the smallest of all pairs times their number. */
  p_value: number,
  /** Largest distance of a group from all events together, and smallest ratio to it. */
  to_overall_difference: number,
  to_overall_ratio: number,
  /** Positions in `groups`. */
  highest: count.nullable(),
  lowest: count.nullable(),
  compared: comparedDisparity.nullable(),
});
export type FairnessDisparity = z.infer<typeof disparity>;

export const fairnessAnswer = z
  .object({
    /** From the first to the last event where the query names no window; null without events. */
    window: windowSchema.nullable(),
    compared_to: comparedSide.nullable(),
    task: z.enum(tasks),
    attributes: z.array(z.string()),
    /** Classification; null for a multiclass question that names none. */
    favourable_label: z.string().nullable(),
    metrics: z.array(fairnessMetricInfo),
    /** Largest first, then the missing and the pooled ones. */
    groups: z.array(fairnessGroup),
    /** All groups together. Hidden ones are left out, lest the difference tells about them. */
    overall: z.object({ n: count, n_labelled: count, metrics: z.array(groupValue) }),
    /** What the others are compared with; null without a group to compare. */
    reference_group: z
      .object({
        /** In `groups`. */
        position: count,
        chosen_by: z.enum(['query', 'highest_selection_rate', 'largest']),
      })
      .nullable(),
    disparities: z.array(disparity),
    small_groups: z.object({
      /** Groups of fewer events are pooled; if the pool has fewer than `hidden_below`, nothing of it is shown. */
      pooled_below: count,
      hidden_below: count,
      groups: count,
      hidden: z.boolean(),
    }),
  })
  .meta({ id: 'FairnessAnswer' });
export type FairnessAnswer = z.infer<typeof fairnessAnswer>;
