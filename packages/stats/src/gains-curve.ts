import type { Counts } from './counts.ts';
import { requireSameLength } from './require-same-length.ts';
import { totalCount } from './total-count.ts';

export interface GainsPoint {
  /** Share of all rows that score as much or more. */
  shareOfRows: number;
  /** Share of the positives among them. */
  shareOfPositives: number;
}

/**
 * Cumulative gains: what share of the positives the rows of the highest scores hold, from (0, 0) to (1, 1), from score
 * histograms of positives and negatives on shared ascending bins; exact at the edges of bins. The lift at a point is
 * `shareOfPositives` ÷ `shareOfRows`. `undefined` when a class is empty or a count is negative or not finite. Throws
 * RangeError when the lengths differ.
 */
export function gainsCurve(positives: Counts, negatives: Counts): GainsPoint[] | undefined {
  requireSameLength(positives, negatives);
  const n1 = totalCount(positives);
  const n0 = totalCount(negatives);
  if (n1 === undefined || n0 === undefined) return undefined;
  const points: GainsPoint[] = [{ shareOfRows: 0, shareOfPositives: 0 }];
  let [found, called] = [0, 0];
  for (let bin = positives.length - 1; bin >= 0; bin--) {
    const rows = (positives[bin] ?? 0) + (negatives[bin] ?? 0);
    if (rows === 0) continue;
    found += positives[bin] ?? 0;
    called += rows;
    points.push({ shareOfRows: called / (n1 + n0), shareOfPositives: found / n1 });
  }
  return points;
}
