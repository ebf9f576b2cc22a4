import type { FeatureBins } from './feature-bins.ts';
import type { RegressionTree } from './regression-tree.ts';

/** `squared` learns a mean, `logistic` the probability of target 1. */
export type Loss = 'squared' | 'logistic';

export interface BoostingOptions {
  loss: Loss;
  /** Default 100. */
  trees?: number;
  /** Share of each tree's correction that is taken; default 0.1. */
  learningRate?: number;
  /** Most leaves a tree has; default 31. */
  leaves?: number;
  /** Least training rows of a leaf; default 20. */
  leafRows?: number;
  /** Most bins of a feature beside the one for missing values, 2 to 255; default 255. */
  bins?: number;
  /** Penalty on squared leaf values; default 0. */
  l2?: number;
}

/** What was learnt, as plain data: it may be stored as JSON and used later. */
export interface GradientBoosting {
  loss: Loss;
  /** The score before the first tree: the mean, or the log odds of target 1. */
  base: number;
  features: FeatureBins[];
  trees: RegressionTree[];
}
