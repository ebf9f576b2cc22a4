import type { BinaryLabels } from './binary-labels.ts';
import { requireSameLength } from './require-same-length.ts';

/**
 * Brier score: mean squared difference of the predicted probability and the label, range [0, 1].
 * Rows with a non-finite probability are dropped. `undefined` when no row is left.
 * Throws RangeError when the lengths differ.
 */
export function brierScore(probabilities: ArrayLike<number>, labels: BinaryLabels): number | undefined {
  requireSameLength(probabilities, labels);
  let n = 0;
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const probability = probabilities[i] ?? 0;
    if (!Number.isFinite(probability)) continue;
    sum += (probability - (labels[i] ? 1 : 0)) ** 2;
    n += 1;
  }
  return n > 0 ? sum / n : undefined;
}
