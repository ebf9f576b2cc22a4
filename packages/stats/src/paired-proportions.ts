import type { Counts } from './counts.ts';
import { requireSameLength } from './require-same-length.ts';
import { totalCount } from './total-count.ts';

interface PairedProportions {
  p: Float64Array;
  q: Float64Array;
}

/**
 * Reference (p) and current (q) proportions over shared bins, each (count + smoothing) / (total + smoothing·bins).
 * `undefined` when either side has no rows or holds a negative or non-finite count.
 * Throws RangeError when the sides have different bin numbers: such counts come from different bin sets.
 */
export function pairedProportions(
  reference: Counts,
  current: Counts,
  smoothing = 0,
): PairedProportions | undefined {
  requireSameLength(reference, current);
  const referenceTotal = totalCount(reference);
  const currentTotal = totalCount(current);
  if (referenceTotal === undefined || currentTotal === undefined) return undefined;
  return {
    p: proportions(reference, referenceTotal, smoothing),
    q: proportions(current, currentTotal, smoothing),
  };
}

function proportions(counts: Counts, total: number, smoothing: number): Float64Array {
  const denominator = total + smoothing * counts.length;
  return Float64Array.from(counts, (count) => (count + smoothing) / denominator);
}
