import type { Counts } from './counts.ts';
import { weightedWasserstein } from './weighted-wasserstein.ts';

/** Counts and sums of values per shared bin; sums may be taken from a shifted origin, the same on both sides. */
export interface BinnedSums {
  referenceCounts: Counts;
  referenceSums: ArrayLike<number>;
  currentCounts: Counts;
  currentSums: ArrayLike<number>;
}

/**
 * Wasserstein-1 distance from binned data, centroid form: each bin's rows are put at their mean (sum/count).
 * In the unit of the values. {@link wassersteinErrorBound} says how far the exact distance can be.
 * `undefined` when a side is empty or a bin that holds rows has a non-finite sum.
 */
export function binnedWasserstein(bins: BinnedSums): number | undefined {
  return weightedWasserstein(
    { values: means(bins.referenceSums, bins.referenceCounts), weights: bins.referenceCounts },
    { values: means(bins.currentSums, bins.currentCounts), weights: bins.currentCounts },
  );
}

function means(sums: ArrayLike<number>, counts: Counts): Float64Array {
  return Float64Array.from(counts, (count, i) => (count > 0 ? (sums[i] ?? 0) / count : 0));
}
