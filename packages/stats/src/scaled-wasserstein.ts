import { quantileSorted } from './quantile-sorted.ts';
import { sortedFinite } from './sorted-finite.ts';
import { wasserstein } from './wasserstein.ts';

/**
 * Wasserstein-1 distance as a share of the range: `margin` of each sample is left out at both ends (what lies beyond its
 * own quantiles), then the distance is divided by the range of what is left of both. Range [0, 1], symmetric, without unit.
 *
 * Non-finite values are dropped. 0 when all that is left is equal; `undefined` when nothing of a sample is left, or
 * `margin` is outside [0, 0.5).
 * Source: the "earth mover's distance" of Deepchecks, margin 0.025.
 */
export function scaledWasserstein(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  margin = 0.025,
): number | undefined {
  if (!(margin >= 0 && margin < 0.5)) return undefined;
  const [x, y] = [trim(a, margin), trim(b, margin)];
  const distance = wasserstein(x, y);
  if (distance === undefined) return undefined;
  const range = Math.max(x.at(-1) ?? 0, y.at(-1) ?? 0) - Math.min(x[0] ?? 0, y[0] ?? 0);
  if (range === 0) return 0;
  const share = distance / range;
  return Number.isFinite(share) ? Math.min(1, share) : undefined;
}

function trim(values: ArrayLike<number>, margin: number): Float64Array {
  const sorted = sortedFinite(values);
  const low = quantileSorted(sorted, margin) ?? 0;
  const high = quantileSorted(sorted, 1 - margin) ?? 0;
  return sorted.filter((value) => value >= low && value <= high);
}
