import type { Counts } from './counts.ts';
import { requireSameLength } from './require-same-length.ts';
import { totalCount } from './total-count.ts';

export interface PrPoint {
  /** Rows in this bin and above are predicted positive: the threshold is its lower edge. */
  bin: number;
  recall: number;
  precision: number;
}

/**
 * Precision–recall curve from score histograms of the positives and negatives on shared ascending bins: one
 * point per bin that holds rows, recall ascending; no artificial point at recall 0, where precision is 0/0.
 * `undefined` when there is no positive, or a count is negative or not finite.
 */
export function prCurve(positives: Counts, negatives: Counts): PrPoint[] | undefined {
  requireSameLength(positives, negatives);
  const total = totalCount(positives);
  if (total === undefined) return undefined;
  const points: PrPoint[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  for (let bin = positives.length - 1; bin >= 0; bin--) {
    const positive = positives[bin] ?? 0;
    const negative = negatives[bin] ?? 0;
    if (!(negative >= 0) || negative === Infinity) return undefined;
    if (positive === 0 && negative === 0) continue;
    truePositives += positive;
    falsePositives += negative;
    const precision = truePositives / (truePositives + falsePositives);
    points.push({ bin, recall: truePositives / total, precision });
  }
  return points;
}
