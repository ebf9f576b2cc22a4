import type { BinaryLabels } from './binary-labels.ts';
import { requireSameLength } from './require-same-length.ts';

/**
 * Mean negative log-likelihood of binary labels under predicted probabilities of the positive class, natural
 * log. Probabilities are clipped to [ε, 1−ε], ε = 2⁻⁵². Rows with a non-finite probability are dropped.
 * `undefined` when no row is left. Throws RangeError when the lengths differ.
 */
export function logLoss(probabilities: ArrayLike<number>, labels: BinaryLabels): number | undefined {
  requireSameLength(probabilities, labels);
  let n = 0;
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const probability = probabilities[i] ?? 0;
    if (!Number.isFinite(probability)) continue;
    const clipped = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability));
    sum -= labels[i] ? Math.log(clipped) : Math.log1p(-clipped);
    n += 1;
  }
  return n > 0 ? sum / n : undefined;
}
