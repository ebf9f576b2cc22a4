import type { Moments } from './moments.ts';
import { neumaierSum } from './neumaier-sum.ts';
import { studentTCdf } from './student-t-cdf.ts';
import { welchTest } from './welch-test.ts';

export interface TTestResult {
  /** Positive when the second sample's mean is the larger. */
  statistic: number;
  df: number;
  /** Two-sided. */
  pValue: number;
}

/**
 * Two-sample t-test of equal means. `unequal` variances: Welch's test, the Welch–Satterthwaite degrees of freedom;
 * `equal`: Student's, one pooled variance and n₁ + n₂ − 2.
 *
 * Non-finite values are dropped. `undefined` with fewer than two finite values in a sample, and when neither varies.
 * Source: Welch (1947); Student (1908).
 */
export function tTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  variances: 'equal' | 'unequal',
): TTestResult | undefined {
  // From an origin among the values, so that a small spread far from 0 is not lost.
  const origin = Array.from(a).find(Number.isFinite) ?? 0;
  const [first, second] = [spread(a, origin), spread(b, origin)];
  if (!first || !second || first.m2 + second.m2 === 0) return undefined;
  const found = variances === 'equal' ? studentTest(first, second) : welchTest(second, first);
  const tail = found && studentTCdf(-Math.abs(found.statistic), found.df);
  if (!found || tail === undefined) return undefined;
  return { statistic: found.statistic, df: found.df, pValue: Math.min(1, 2 * tail) };
}

function spread(values: ArrayLike<number>, origin: number): Moments | undefined {
  const finite = Float64Array.from(values, (value) => value - origin).filter(Number.isFinite);
  const n = finite.length;
  const sum = neumaierSum(finite);
  if (n < 2 || sum === undefined) return undefined;
  const mean = sum / n;
  const m2 = neumaierSum(finite.map((value) => (value - mean) ** 2));
  // Equal values may leave a rest where their mean is rounded.
  const isConstant = finite.every((value) => value === finite[0]);
  return m2 === undefined ? undefined : { n, mean, m2: isConstant ? 0 : m2 };
}

function studentTest(first: Moments, second: Moments) {
  const df = first.n + second.n - 2;
  const squaredError = ((first.m2 + second.m2) / df) * (1 / first.n + 1 / second.n);
  return { statistic: (second.mean - first.mean) / Math.sqrt(squaredError), df };
}
