import type { Counts } from './counts.ts';
import { requireSameLength } from './require-same-length.ts';
import { totalCount } from './total-count.ts';

export interface KsScore {
  /** Of the thresholds at the edges of bins, the greatest TPR − FPR; range [0, 1]. */
  value: number;
  /** A threshold inside a bin exceeds `value` by at most this. */
  errorBound: number;
  /** Of TPR − FPR at that threshold. */
  standardError: number;
}

/**
 * KS score of a binary classifier: max over thresholds of TPR − FPR, which is the Kolmogorov–Smirnov distance of the scores
 * of positives and negatives, from their histograms on shared ascending bins. The standard error is that of the difference
 * of two proportions at the best threshold, around which the difference is flat. `undefined` when a class is empty or a
 * count is negative or not finite. Throws RangeError when the lengths differ.
 */
export function ksScore(positives: Counts, negatives: Counts): KsScore | undefined {
  requireSameLength(positives, negatives);
  const n1 = totalCount(positives);
  const n0 = totalCount(negatives);
  if (n1 === undefined || n0 === undefined) return undefined;
  let [found, wrong, value, standardError, most] = [0, 0, 0, 0, 0];
  for (let bin = positives.length - 1; bin >= 0; bin--) {
    const positive = positives[bin] ?? 0;
    most = Math.max(most, (found + positive) / n1 - wrong / n0);
    found += positive;
    wrong += negatives[bin] ?? 0;
    const [tpr, fpr] = [found / n1, wrong / n0];
    if (tpr - fpr <= value) continue;
    value = tpr - fpr;
    standardError = Math.sqrt((tpr * (1 - tpr)) / n1 + (fpr * (1 - fpr)) / n0);
  }
  return { value, errorBound: Math.max(0, most - value), standardError };
}
