import { sortedFinite } from './sorted-finite.ts';

/**
 * Wasserstein-1 (earth mover's) distance ∫|F−G|dx of raw samples, in the unit of the values.
 * Non-finite values are dropped. `undefined` when a sample has no finite value.
 */
export function wasserstein(a: ArrayLike<number>, b: ArrayLike<number>): number | undefined {
  const x = sortedFinite(a);
  const y = sortedFinite(b);
  if (x.length === 0 || y.length === 0) return undefined;
  let i = 0;
  let j = 0;
  let distance = 0;
  let previous = Math.min(x[0] ?? 0, y[0] ?? 0);
  while (i < x.length || j < y.length) {
    const value = Math.min(x[i] ?? Infinity, y[j] ?? Infinity);
    distance += Math.abs(i / x.length - j / y.length) * (value - previous);
    while (x[i] === value) i += 1;
    while (y[j] === value) j += 1;
    previous = value;
  }
  return Number.isFinite(distance) ? distance : undefined;
}
