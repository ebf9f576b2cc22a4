import { binColumn, binCount } from './feature-bins.ts';
import type { FeatureColumn } from './feature-column.ts';
import type { BoostingOptions, GradientBoosting, Loss } from './gradient-boosting.ts';
import { growTree } from './grow-tree.ts';
import { learnBins } from './learn-bins.ts';
import { sigmoid } from './sigmoid.ts';

/** Probabilities of 0 and 1 would have infinite log odds. */
const leastProbability = 1e-9;
const leastHessian = 1e-3;

/**
 * Histogram gradient boosting (Friedman 2001, in the binned, leaf-wise, second-order form of LightGBM and
 * scikit-learn's HistGradientBoosting). Every tree corrects the loss of those before it. Missing values learn their own
 * side at every split; categories are put in the order of their mean target once, before the first tree. Nothing is
 * drawn at random: equal rows give an equal model.
 * Throws RangeError without rows, on columns of another length than `target`, on a target that is not finite (or for
 * `logistic` not 0 or 1), and on bins outside 2 to 255.
 */
export function fitGradientBoosting(
  columns: readonly FeatureColumn[],
  target: Float64Array,
  options: BoostingOptions,
): GradientBoosting {
  const steps = gradientBoostingSteps(columns, target, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** {@link fitGradientBoosting} a tree at a time, for callers that do other work between; returns the whole model. */
export function* gradientBoostingSteps(
  columns: readonly FeatureColumn[],
  target: Float64Array,
  options: BoostingOptions,
): Generator<void, GradientBoosting> {
  const { loss, trees = 100, learningRate = 0.1, leaves = 31, leafRows = 20, bins = 255, l2 = 0 } = options;
  check(columns, target, loss, bins);
  const features = columns.map((column) => learnBins(column, target, { most: bins, leastRows: leafRows }));
  const binned = columns.map((column, i) => binColumn(features[i] as (typeof features)[number], column));
  const missing = features.map(binCount);
  const base = baseScore(target, loss);
  const scores = new Float64Array(target.length).fill(base);
  const gradients = new Float64Array(target.length);
  const hessians = new Float64Array(target.length).fill(1);
  const limits = { leaves, learningRate, leastRows: leafRows, leastHessian, l2 };
  const model: GradientBoosting = { loss, base, features, trees: [] };
  for (let tree = 0; tree < trees; tree++) {
    derive(loss, target, scores, gradients, hessians);
    model.trees.push(growTree({ binned, missing, gradients, hessians }, limits, scores));
    yield;
  }
  return model;
}

function check(columns: readonly FeatureColumn[], target: Float64Array, loss: Loss, bins: number): void {
  if (target.length === 0) throw new RangeError('expected at least one row');
  for (const { name, values } of columns)
    if (values.length !== target.length)
      throw new RangeError(`expected ${target.length} values of ${name}, got ${values.length}`);
  const learnable = loss === 'squared' ? Number.isFinite : (value: number) => value === 0 || value === 1;
  if (!target.every((value) => learnable(value)))
    throw new RangeError(`expected ${loss === 'squared' ? 'finite targets' : 'targets 0 and 1'}`);
  if (!(bins >= 2 && bins <= 255)) throw new RangeError(`expected 2 to 255 bins, got ${bins}`);
}

function baseScore(target: Float64Array, loss: Loss): number {
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  if (loss === 'squared') return mean;
  const clipped = Math.min(1 - leastProbability, Math.max(leastProbability, mean));
  return Math.log(clipped / (1 - clipped));
}

function derive(
  loss: Loss,
  target: Float64Array,
  scores: Float64Array,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  for (let row = 0; row < target.length; row++) {
    const wanted = target[row] as number;
    const score = scores[row] as number;
    if (loss === 'squared') {
      gradients[row] = score - wanted;
      continue;
    }
    const probability = sigmoid(score);
    gradients[row] = probability - wanted;
    hessians[row] = probability * (1 - probability);
  }
}
