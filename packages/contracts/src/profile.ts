import type { FeatureKind } from './model.ts';
import type { MultivariateResult } from './multivariate.ts';

/**
 * Frozen bins of one column, made once from a reference.
 *
 * Count layouts (every `counts` and `sums` array of a column follows the layout of its bins):
 * - `numeric`: `[below, bin 1 … bin k, above]`, k = edges.length − 1; a bin is [lo, hi), the last one closed.
 * - `discrete` (numeric, ≤ 20 distinct reference values): one bin a value, then `unseen`.
 * - `categorical` (also boolean as `"true"`/`"false"`, labels): one bin a value, then `other`, then `unseen`.
 *   `other` = values the reference had that were too rare to keep; they are listed in `rare`.
 * - `constant`: fewer than two distinct numeric reference values: `[equal, different]`.
 */
export type Bins =
  | { layout: 'numeric'; edges: number[] }
  | { layout: 'discrete'; values: number[] }
  | { layout: 'categorical'; values: string[]; rare: string[] }
  | { layout: 'constant'; value: number };

/** Column keys are filter fields: `features.<name>`, `tags.<name>`, `prediction_score`, `prediction_label`, `actual_label`, `actual_score`. */
export type ColumnKey = string;

export interface BinSetColumn {
  column: ColumnKey;
  kind: Exclude<FeatureKind, 'embedding' | 'text'>;
  bins: Bins;
}

export interface BinSet {
  columns: BinSetColumn[];
}

/** Mergeable summary of one column over some events. */
export interface ColumnProfile {
  /** Values that are neither null nor non-finite; equals the sum of `counts`. */
  n: number;
  missing: number;
  counts: number[];
  /** Σx per bin; numeric layouts (`numeric`, `discrete`, `constant`) only. */
  sums?: number[];
  mean?: number;
  /** Σ(x − mean)². */
  m2?: number;
  min?: number;
  max?: number;
  /** The most frequent unseen values, at most 10; categorical only. */
  unseen?: { value: string; count: number }[];
}

/** Number of equal-width score bins on [0, 1] kept for ROC, PR and calibration curves. */
export const scoreBins = 1000;

/** Labelled events by score bin. Only non-empty bins are listed; `bin` = min(999, floor(score × 1000)). */
export interface ScoreBin {
  bin: number;
  positives: number;
  negatives: number;
  scoreSum: number;
}

/** Squared deviations of the losses from their means: what intervals are made from. */
export interface LossSpread {
  logLossM2: number;
  brierM2: number;
}

/** Further sums over the rows of `errors`, d = actual − mean actual: what intervals, WAPE and sMAPE are made from. */
export interface ErrorSpread {
  /** Σ(e² − mean e²)². */
  squaredM2: number;
  /** Squared deviations of |e| / |actual| from their mean, over events whose actual is not 0. */
  percentageM2: number;
  /** Σd³. */
  actualM3: number;
  /** Σd⁴. */
  actualM4: number;
  /** Σe²d. */
  squaredActual: number;
  /** Σe²d². */
  squaredActualM2: number;
  /** Σ|actual|. */
  absoluteActualSum: number;
  /** Σ(|actual| − mean |actual|)². */
  absoluteActualM2: number;
  /** Σ(|e| − mean |e|)(|actual| − mean |actual|). */
  absoluteComoment: number;
  /** Events whose actual and prediction are not both 0. */
  symmetricN: number;
  /** Σ2|e| / (|actual| + |prediction|) over those. */
  symmetricSum: number;
  /** Squared deviations of those from their mean. */
  symmetricM2: number;
}

/** Geometric bins an octave that sizes of errors are counted in: the middle of a bin is off by at most 1.1 %. */
export const errorBinsPerOctave = 32;

/** How large errors are, and sums for metrics of theirs; d = actual − mean actual. */
export interface ErrorSizes {
  /** Events whose prediction is exactly right. */
  zeros: number;
  /** Of the others: ⌊log₂|e| · {@link errorBinsPerOctave}⌋, ascending; `counts` runs parallel. */
  bins: number[];
  counts: number[];
  /** max |e|. */
  largest: number;
  /** Σe³. */
  cubes: number;
  /** Σed. */
  actual: number;
  /** Σed². */
  actualSquares: number;
  /** Events whose actual and prediction are both at least 0. */
  logN: number;
  /** Σ(ln(1 + prediction) − ln(1 + actual))² over those, and squared deviations from its mean. */
  logSquareSum: number;
  logSquareM2: number;
}

/** Places by probability that events are counted by, see `PerformanceProfile.probabilities.places`. */
export const keptPlaces = 5;

/**
 * Binary: all events with a score and a predicted label, with or without an actual, by score bin (as {@link ScoreBin});
 * the arrays run parallel over the bins that hold events, ascending.
 */
export interface PredictionProfile {
  bins: number[];
  counts: number[];
  scoreSums: number[];
  /** Of `counts`, those whose predicted label is the positive one. */
  positives: number[];
}

/** Number of equal-width probability bins on [0, 1] kept for each class of a multiclass model. */
export const classBins = 100;

/** Most classes an event may give probabilities of to be kept in {@link ClassesProfile}. */
export const maxProfiledClasses = 20;

/** One class against the rest; the arrays run parallel over the bins that hold events, ascending. */
export interface ClassProfile extends PredictionProfile {
  label: string;
  /** Of `counts`, those with an actual label. */
  labelled: number[];
  /** Of `labelled`, those whose actual label is this class. */
  actuals: number[];
  labelledScoreSums: number[];
  /** By label in code-unit order: of `labelled`, those whose actual label is another class. */
  rivals: ClassRival[];
}

/** Events of another actual label by the probability of the class; the bins ascend, empty ones are left out. */
export interface ClassRival {
  label: string;
  bins: number[];
  counts: number[];
}

/** Multiclass: all events with a predicted label and probabilities of at most {@link maxProfiledClasses} classes. */
export interface ClassesProfile {
  n: number;
  /** By label in code-unit order; probabilities are shares of their sum, bin = min(99, floor(share × 100)). */
  classes: ClassProfile[];
}

/** Places of a ranked list that are looked at. */
export const rankingCutoff = 10;

export const rankingMeasures = ['ndcg', 'map', 'mrr', 'hit_rate', 'precision_at_k', 'recall_at_k'] as const;
export type RankingMeasure = (typeof rankingMeasures)[number];

/** Ranking: lists (events of one group, version and environment in one UTC hour) that hold something relevant. */
export interface RankingProfile {
  lists: number;
  /** Sum over the lists, and squared deviations from the mean. */
  measures: Record<RankingMeasure, { sum: number; m2: number }>;
}

/** Bins of {@link DelayProfile} from one second to twice as many: a value and any other of its bin differ by 9.1 % at most. */
export const delayBinsPerOctave = 8;

/**
 * Delays of labels: time of the actual − time of the prediction. Bin 0 holds delays below one second (and actuals older
 * than their prediction), bin k ≥ 1 those from 2^((k − 1) / 8) to 2^(k / 8) seconds. The arrays run parallel over the bins
 * that hold events, ascending.
 */
export interface DelayProfile {
  bins: number[];
  counts: number[];
}

export interface PerformanceProfile {
  /** Events that have an actual of the kind the task needs. */
  labelled: number;
  /** Of these, those whose actual has a time. Absent when any of the events was profiled before this was kept. */
  delays?: DelayProfile;
  /** Classification: events with an actual label and a predicted label. */
  confusion?: { actual: string; predicted: string; count: number }[];
  /** Binary: events with an actual label and a score. */
  scores?: { n: number; bins: ScoreBin[]; logLossSum: number; brierSum: number; spread?: LossSpread };
  /** Absent when any of the events was profiled before this was kept. */
  predictions?: PredictionProfile;
  /** Absent when any of the events was profiled before this was kept. */
  classes?: ClassesProfile;
  /** Multiclass: events with an actual label and class probabilities. */
  probabilities?: {
    n: number;
    logLossSum: number;
    brierSum: number;
    spread?: LossSpread;
    /**
     * Events whose actual label is the first, second … of the {@link keptPlaces} most probable; of equally probable ones it
     * counts as the last. Absent when any of the events was profiled before this was kept.
     */
    places?: number[];
  };
  ranking?: RankingProfile;
  /** Regression: e = prediction − actual over events with both. */
  errors?: {
    n: number;
    sum: number;
    sumAbsolute: number;
    sumSquares: number;
    /** Events whose actual is not 0. */
    percentageN: number;
    /** Σ|e| / |actual| over those. */
    percentageSum: number;
    actualMean: number;
    /** Σ(actual − mean)². */
    actualM2: number;
    /** Σ(e − mean e)². */
    m2: number;
    /** Σ(|e| − mean |e|)². */
    absoluteM2: number;
    /** Not known of values beyond 1e37, whose fourth powers no double holds. */
    spread?: ErrorSpread;
    /** Absent when any of the events was profiled before this was kept. */
    sizes?: ErrorSizes;
  };
}

/** Feature attributions of the events that carry any; a feature that an event names none for counts as 0. */
export interface AttributionProfile {
  /** Events with attributions. */
  n: number;
  /** Σ|φ| by the name of the feature; features of the model's schema only. */
  sums: Record<string, number>;
}

/**
 * The version of the shape of stored profiles. Raise it with every field that is added to {@link Profile} or to what it
 * holds: the worker then recomputes profiles of older versions, newest first (docs/architecture.md, "Stored profiles").
 */
export const profileFormat = 8;

/** The mergeable summary of some events on one bin set. */
export interface Profile {
  events: number;
  /** Prediction time of the newest event, epoch ms. Absent without events, or when any was profiled before this was kept. */
  newestMs?: number;
  columns: Record<ColumnKey, ColumnProfile>;
  performance: PerformanceProfile;
  /** Absent when no event carries attributions, and of profiles made before they were kept. */
  attributions?: AttributionProfile;
  /**
   * Rows received in the window, by their time of receipt; `mistyped` of the rejected were refused for the type of a
   * feature. Never stored: laid beside merged profiles for metrics that read it.
   */
  intake?: { accepted: number; rejected: number; mistyped: number };
  /** How old the newest event was at the end of a window. Never stored, as `intake`. */
  ageMs?: number;
  /** What a comparison on all columns together found in the window. Never stored, as `intake`. */
  multivariate?: Pick<MultivariateResult, 'classifier' | 'reconstruction'>;
}

/** A profile of one time slot. `version` and `environment` say whose events; `start` is epoch ms, UTC hour or day. */
export interface SlottedProfile {
  start: number;
  version: string;
  environment: string;
  profile: Profile;
}
