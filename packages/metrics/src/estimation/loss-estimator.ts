import type { FeatureColumn, GradientBoosting } from '@plumbline/learn';
import type { NoEstimator } from './estimator.ts';

/** Raise it when estimators are learnt in another way: those of another format are learnt anew. */
export const lossEstimatorFormat = 1;

/** A stretch of the reference, estimated by what was learnt from the rest of it. */
export interface HeldOutBlock {
  n: number;
  estimated: number;
  realised: number;
}

/** What was learnt of one metric. */
export interface LearntLoss {
  metric: string;
  /** Labelled reference events the metric counts. */
  n: number;
  /** The expected loss of an event by its features and its prediction. */
  model: GradientBoosting;
  /** Variance of the metric times the number of events it is taken from; null where the reference has no error at all. */
  varianceOfOne: number | null;
  /** Share of the variance of the loss that events held out explain, at most 1; null when every loss is the same. */
  r2: number | null;
  /** In order of time. */
  heldOut: HeldOutBlock[];
}

/** Direct loss estimation, as plain data: it may be stored as JSON and used later. */
export interface LossEstimator {
  format: number;
  /** What the models read, in their order; the prediction is among them. */
  columns: Pick<FeatureColumn, 'name' | 'kind'>[];
  /** Of categorical columns: a category's number is its place. */
  categories: Record<string, string[]>;
  losses: LearntLoss[];
}

/** What is stored for a reference: an estimator, or why there is none. */
export type StoredLossEstimator = LossEstimator | (NoEstimator & { format: number });

/** Whether what was stored can be read by this release. */
export const isLossEstimator = (stored: unknown): stored is StoredLossEstimator =>
  typeof stored === 'object' &&
  stored !== null &&
  'format' in stored &&
  stored.format === lossEstimatorFormat;
