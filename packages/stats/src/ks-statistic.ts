import { sortedFinite } from './sorted-finite.ts';

/**
 * Two-sample Kolmogorov–Smirnov statistic sup|F−G| of raw samples, range [0, 1]. Ties are safe: the
 * functions are compared only after all equal values. Non-finite values are dropped.
 * `undefined` when a sample has no finite value.
 */
export function ksStatistic(a: ArrayLike<number>, b: ArrayLike<number>): number | undefined {
  const x = sortedFinite(a);
  const y = sortedFinite(b);
  if (x.length === 0 || y.length === 0) return undefined;
  let i = 0;
  let j = 0;
  let statistic = 0;
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i] ?? 0, y[j] ?? 0);
    while (i < x.length && x[i] === value) i += 1;
    while (j < y.length && y[j] === value) j += 1;
    statistic = Math.max(statistic, Math.abs(i / x.length - j / y.length));
  }
  return statistic;
}
