import type { Bins } from '@plumbline/contracts';

const maxBins = 10;

/**
 * Counts as the histogram distances and χ² see them. Numeric columns with more than 10 stored bins have
 * neighbours merged pairwise from the lowest on (20 quantile bins become deciles), since fewer bins mean less
 * noise; `below` and `above` stay bins of their own. Every other layout is used as it is.
 */
export function distanceCounts(bins: Bins, counts: readonly number[]): readonly number[] {
  const inner = counts.length - 2;
  if (bins.layout !== 'numeric' || inner <= maxBins) return counts;
  const merged = [counts[0] ?? 0];
  for (let i = 1; i <= inner; i += 2) merged.push((counts[i] ?? 0) + (i < inner ? (counts[i + 1] ?? 0) : 0));
  merged.push(counts[inner + 1] ?? 0);
  return merged;
}
