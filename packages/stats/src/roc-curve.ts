import type { Counts } from './counts.ts';
import { requireSameLength } from './require-same-length.ts';
import { totalCount } from './total-count.ts';

export interface RocPoint {
  /** Rows in this bin and above are predicted positive: the threshold is its lower edge. */
  bin: number;
  falsePositiveRate: number;
  truePositiveRate: number;
}

/**
 * ROC curve from score histograms of the positives and negatives on shared ascending bins: from (0, 0), whose
 * `bin` is the number of bins (nothing is predicted positive), to (1, 1), one point per bin that holds rows.
 * Its area by trapezoids is the {@link histogramAuc}. `undefined` when a class is empty.
 */
export function rocCurve(positives: Counts, negatives: Counts): RocPoint[] | undefined {
  requireSameLength(positives, negatives);
  const n1 = totalCount(positives);
  const n0 = totalCount(negatives);
  if (n1 === undefined || n0 === undefined) return undefined;
  const points: RocPoint[] = [{ bin: positives.length, falsePositiveRate: 0, truePositiveRate: 0 }];
  let truePositives = 0;
  let falsePositives = 0;
  for (let bin = positives.length - 1; bin >= 0; bin--) {
    const positive = positives[bin] ?? 0;
    const negative = negatives[bin] ?? 0;
    if (positive === 0 && negative === 0) continue;
    truePositives += positive;
    falsePositives += negative;
    points.push({ bin, falsePositiveRate: falsePositives / n0, truePositiveRate: truePositives / n1 });
  }
  return points;
}
