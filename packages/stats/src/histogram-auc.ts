import type { Counts } from './counts.ts';
import { requireSameLength } from './require-same-length.ts';
import { totalCount } from './total-count.ts';

export interface HistogramAuc {
  /** ROC AUC with all rows of one bin treated as tied, in [0, 1]. */
  value: number;
  /** The AUC of the scores themselves lies within value ± errorBound. */
  errorBound: number;
}

/**
 * ROC AUC from score histograms of the positives and negatives on shared ascending bins:
 * Σ pos_b·(negatives below b + neg_b/2) / (n₁n₀). Only pairs that share a bin are uncertain, by at most ½
 * each, which gives errorBound = ½Σ pos_b·neg_b / (n₁n₀).
 * `undefined` when a class is empty.
 */
export function histogramAuc(positives: Counts, negatives: Counts): HistogramAuc | undefined {
  requireSameLength(positives, negatives);
  const n1 = totalCount(positives);
  const n0 = totalCount(negatives);
  if (n1 === undefined || n0 === undefined) return undefined;
  let negativesBelow = 0;
  let wins = 0;
  let ties = 0;
  for (let i = 0; i < positives.length; i++) {
    const positiveShare = (positives[i] ?? 0) / n1;
    const negative = negatives[i] ?? 0;
    wins += positiveShare * (negativesBelow / n0);
    ties += positiveShare * (negative / n0);
    negativesBelow += negative;
  }
  return { value: Math.min(1, wins + ties / 2), errorBound: ties / 2 };
}
