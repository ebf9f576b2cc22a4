import type { Counts } from './counts.ts';
import { pairedProportions } from './paired-proportions.ts';

export interface BinnedKsResult {
  /** Largest difference of the distribution functions at bin edges, in [0, 1]. */
  statistic: number;
  /** The exact statistic lies in [statistic, statistic + errorBound]. */
  errorBound: number;
}

/**
 * Kolmogorov–Smirnov statistic from counts on shared ordered bins: a lower bound of the exact statistic.
 *
 * Inside a bin the functions can part by at most what they part by when all mass of one side comes before
 * any of the other, which gives `errorBound`; it never exceeds the largest share of any bin.
 * `undefined` when a side is empty.
 */
export function binnedKs(reference: Counts, current: Counts): BinnedKsResult | undefined {
  const pair = pairedProportions(reference, current);
  if (!pair) return undefined;
  let statistic = 0;
  let ceiling = 0;
  let gap = 0;
  for (let i = 0; i < pair.p.length; i++) {
    const p = pair.p[i] ?? 0;
    const q = pair.q[i] ?? 0;
    ceiling = Math.max(ceiling, gap + p, q - gap);
    gap += p - q;
    statistic = Math.max(statistic, Math.abs(gap));
  }
  statistic = Math.min(1, statistic);
  return { statistic, errorBound: Math.max(0, Math.min(1, ceiling) - statistic) };
}
