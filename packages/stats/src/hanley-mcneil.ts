import type { Interval } from './interval.ts';
import { z95 } from './z95.ts';

export interface AucInterval extends Interval {
  standardError: number;
}

/**
 * Hanley–McNeil standard error and normal interval of a ROC AUC from n1 positives and n0 negatives, clipped
 * to [0, 1], 95% by default. Needs no scores, only the area; at an area of 0 or 1 its width is zero.
 * `undefined` when the area is outside [0, 1] or a class is empty.
 * Source: Hanley & McNeil (1982), "The meaning and use of the area under a ROC curve".
 */
export function hanleyMcNeil(auc: number, n1: number, n0: number, z = z95): AucInterval | undefined {
  if (!(auc >= 0 && auc <= 1) || !(n1 >= 1) || !(n0 >= 1)) return undefined;
  const square = auc * auc;
  const q1 = auc / (2 - auc);
  const q2 = (2 * square) / (1 + auc);
  const variance = (auc * (1 - auc) + (n1 - 1) * (q1 - square) + (n0 - 1) * (q2 - square)) / (n1 * n0);
  const standardError = Math.sqrt(Math.max(0, variance));
  if (!Number.isFinite(standardError)) return undefined;
  return {
    standardError,
    lower: Math.max(0, auc - z * standardError),
    upper: Math.min(1, auc + z * standardError),
  };
}
