import type { BinnedSums } from './binned-wasserstein.ts';
import { pairedProportions } from './paired-proportions.ts';

/** Binned data with the closed interval that contains every value of each bin, bins ascending and not overlapping. */
export interface BoundedBinnedSums extends BinnedSums {
  /** Lower ends, from the same origin as the sums; for the lowest overflow bin the smallest value seen. */
  lowerEdges: ArrayLike<number>;
  /** Upper ends, from the same origin as the sums; for the highest overflow bin the largest value seen. */
  upperEdges: ArrayLike<number>;
}

/**
 * Largest possible |exact − {@link binnedWasserstein}| given the bins' ends, in the unit of the values.
 *
 * Where one distribution function stays at or above the other throughout a bin, the bin's area depends on
 * counts and sums alone and its error is zero. In every other bin, moving a side's rows to their mean m
 * shifts its function by an area of at most share·2(m−lo)(hi−m)/(hi−lo), the largest mean absolute
 * deviation on [lo, hi] with that mean; both sides add up.
 *
 * `undefined` when a side is empty, or a bin that holds rows has a non-finite end or sum.
 */
export function wassersteinErrorBound(bins: BoundedBinnedSums): number | undefined {
  const pair = pairedProportions(bins.referenceCounts, bins.currentCounts);
  if (!pair) return undefined;
  let bound = 0;
  let gap = 0;
  for (let i = 0; i < pair.p.length; i++) {
    const p = pair.p[i] ?? 0;
    const q = pair.q[i] ?? 0;
    const mayCross = gap + p > 0 && gap - q < 0;
    if (mayCross) {
      const lower = bins.lowerEdges[i] ?? Number.NaN;
      const upper = bins.upperEdges[i] ?? Number.NaN;
      bound += p * spread(bins.referenceSums[i], bins.referenceCounts[i], lower, upper);
      bound += q * spread(bins.currentSums[i], bins.currentCounts[i], lower, upper);
    }
    gap += p - q;
  }
  return Number.isFinite(bound) ? bound : undefined;
}

function spread(sum: number | undefined, count: number | undefined, lower: number, upper: number): number {
  if (sum === undefined || !count) return 0;
  if (upper === lower) return 0;
  const mean = Math.min(upper, Math.max(lower, sum / count));
  return (2 * (mean - lower) * (upper - mean)) / (upper - lower);
}
