import type { Interval } from './interval.ts';
import { z95 } from './z95.ts';

/** Sizes |e| counted in geometric bins: bin k holds [2^(k / perOctave), 2^((k + 1) / perOctave)); `bins` ascend. */
export interface BinnedSizes {
  /** Sizes that are exactly 0. */
  zeros: number;
  bins: readonly number[];
  counts: readonly number[];
  /** The largest size. */
  largest: number;
}

export interface ErrorQuantile extends Interval {
  value: number;
  /** The quantile of the sizes themselves is off by at most this. */
  errorBound: number;
}

/**
 * Quantile q of sizes by linear interpolation between order statistics (type 7), each taken for the geometric middle of its
 * bin, with the distribution-free interval between the order statistics nq ± z√(nq(1 − q)), 95 % by default.
 * `undefined` without sizes.
 * Source: Masson, Rim & Lee (2019), DDSketch, with powers of 2; Conover (1999), "Practical nonparametric statistics", 3.2.
 */
export function errorQuantile(
  sizes: BinnedSizes,
  q: number,
  perOctave: number,
  z = z95,
): ErrorQuantile | undefined {
  const n = sizes.counts.reduce((sum, count) => sum + count, sizes.zeros);
  if (n === 0) return undefined;
  const rank = (n - 1) * q;
  const share = rank - Math.floor(rank);
  const [below, above] = [
    sizeAt(sizes, Math.floor(rank), perOctave),
    sizeAt(sizes, Math.ceil(rank), perOctave),
  ];
  const reach = z * Math.sqrt(n * q * (1 - q));
  const [first, last] = [Math.floor(n * q - reach), Math.ceil(n * q + reach) - 1];
  const value = (1 - share) * below.value + share * above.value;
  return {
    value,
    errorBound: (1 - share) * below.off + share * above.off,
    lower: Math.min(value, sizeAt(sizes, Math.max(0, first), perOctave).value),
    upper: Math.max(value, sizeAt(sizes, Math.min(n - 1, last), perOctave).value),
  };
}

/** The size of a place in ascending order, from 0, and how far it may be off. */
function sizeAt(
  { zeros, bins, counts, largest }: BinnedSizes,
  place: number,
  perOctave: number,
): { value: number; off: number } {
  let below = zeros;
  if (place < below) return { value: 0, off: 0 };
  for (const [i, bin] of bins.entries()) {
    below += counts[i] ?? 0;
    if (place >= below) continue;
    const from = 2 ** (bin / perOctave);
    const to = Math.min(largest, 2 ** ((bin + 1) / perOctave));
    const value = Math.min(largest, 2 ** ((bin + 0.5) / perOctave));
    return { value, off: Math.max(value - from, to - value) };
  }
  return { value: largest, off: 0 };
}
