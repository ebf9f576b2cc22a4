import { binColumn, binCount, type FeatureBins } from './feature-bins.ts';
import type { FeatureColumn } from './feature-column.ts';
import type { GradientBoosting } from './gradient-boosting.ts';
import { addTree } from './regression-tree.ts';
import { sigmoid } from './sigmoid.ts';

/**
 * The model's answer for every row: a mean (`squared`) or a probability (`logistic`). The columns must be those of the
 * training rows, in their order; else RangeError. A category never seen counts as missing.
 */
export function predict(model: GradientBoosting, columns: readonly FeatureColumn[]): Float64Array {
  if (columns.length !== model.features.length)
    throw new RangeError(`expected ${model.features.length} columns, got ${columns.length}`);
  const binned = columns.map((column, i) => binColumn(model.features[i] as FeatureBins, column));
  const missing = model.features.map(binCount);
  const scores = new Float64Array(columns[0]?.values.length ?? 0).fill(model.base);
  for (const tree of model.trees) addTree(tree, binned, missing, scores);
  return model.loss === 'squared' ? scores : scores.map(sigmoid);
}
