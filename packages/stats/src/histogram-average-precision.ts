import type { Counts } from './counts.ts';
import { requireSameLength } from './require-same-length.ts';
import { totalCount } from './total-count.ts';

export interface HistogramAveragePrecision {
  /** Average precision with all rows of one bin treated as tied. */
  value: number;
  /** No order of the rows inside bins gives less. */
  lower: number;
  /** No order of the rows inside bins gives more. */
  upper: number;
}

/**
 * Average precision Σ(R_k−R_{k−1})·P_k from score histograms of the positives and negatives on shared
 * ascending bins, with bounds on the value of the scores themselves.
 *
 * Upper: in every bin the positives come first, tied. Lower: the negatives come first, then the positives one
 * by one, whose Σ1/(s+i) is bounded by ln((s+p+½)/(s+½)); that makes `lower` at most 0.011 too low, and only
 * when bins hold a handful of rows.
 * `undefined` when there is no positive, or a count is negative or not finite.
 */
export function histogramAveragePrecision(
  positives: Counts,
  negatives: Counts,
): HistogramAveragePrecision | undefined {
  requireSameLength(positives, negatives);
  const total = totalCount(positives);
  if (total === undefined) return undefined;
  let truePositives = 0;
  let falsePositives = 0;
  let value = 0;
  let lower = 0;
  let upper = 0;
  for (let i = positives.length - 1; i >= 0; i--) {
    const positive = positives[i] ?? 0;
    const negative = negatives[i] ?? 0;
    if (!(negative >= 0) || negative === Infinity) return undefined;
    if (positive > 0) {
      const found = truePositives + positive;
      const wrong = falsePositives + negative;
      value += (positive * found) / (found + wrong);
      upper += (positive * found) / (found + falsePositives);
      lower += positive - wrong * Math.log1p(positive / (truePositives + wrong + 0.5));
    }
    truePositives += positive;
    falsePositives += negative;
  }
  return { value: value / total, lower: Math.max(0, lower / total), upper: Math.min(1, upper / total) };
}
