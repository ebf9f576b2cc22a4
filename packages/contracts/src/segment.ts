import type { FilterScalar } from './filter.ts';

/**
 * A field whose values part the events into levels, coded from 0. `cuts` (ascending): below the first, [cut, next cut),
 * …, from the last on. `values`: one level each, then all others. Either way the last level is "missing".
 */
export interface Dimension {
  /** As in filters: `features.<name>`, `tags.<name>` or a fixed field. */
  field: string;
  levels: { cuts: number[] } | { values: FilterScalar[] };
}

/** Number of levels of a dimension, the one of missing values included. */
export const levelCount = ({ levels }: Pick<Dimension, 'levels'>): number =>
  ('cuts' in levels ? levels.cuts.length : levels.values.length) + 2;

/** A number every event has, or has not where it is not labelled or not scored. */
export type RowMeasure =
  | 'correct'
  | 'wrong'
  | 'log_loss'
  | 'brier'
  | 'error'
  | 'absolute_error'
  | 'squared_error'
  | 'labelled'
  | 'score'
  | 'predicted_positive'
  /** 1 where the field has no value, else 0. */
  | { missing: string };

/** What is counted of every segment. */
export type SegmentCounting =
  | { of: 'measure'; measure: RowMeasure }
  /** Binary: predictions against actuals. */
  | { of: 'outcomes' }
  /** Binary: positives and negatives by score bin. */
  | { of: 'scores' };

/** One level of a dimension over some events. */
export interface Segment {
  events: number;
  /** Of the measure, over the events that have it: number, mean, squared deviations. */
  moments: { n: number; mean: number; m2: number };
  /** Events whose predicted and actual label are known. */
  outcomes: { tp: number; fp: number; fn: number; tn: number };
  /** Events by score bin, as in profiles; empty unless they were counted. */
  positives: Float64Array;
  negatives: Float64Array;
}
