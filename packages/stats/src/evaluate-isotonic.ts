import type { IsotonicFit } from './isotonic-regression.ts';

/**
 * The value of an isotonic fit at `x`: linear between its points, the first or the last value beyond them.
 * `undefined` when `x` is NaN or the fit has no point.
 */
export function evaluateIsotonic(fit: IsotonicFit, x: number): number | undefined {
  const { x: xs, y: ys } = fit;
  if (Number.isNaN(x) || xs.length === 0) return undefined;
  let low = 0;
  let high = xs.length - 1;
  if (x <= (xs[low] ?? 0)) return ys[low];
  if (x >= (xs[high] ?? 0)) return ys[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) <= x) low = middle;
    else high = middle;
  }
  const [x0, x1, y0, y1] = [xs[low] ?? 0, xs[high] ?? 0, ys[low] ?? 0, ys[high] ?? 0];
  return y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
}
