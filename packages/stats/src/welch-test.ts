import type { Moments } from './moments.ts';
import { studentTCdf } from './student-t-cdf.ts';

export interface WelchTest {
  /** Positive when the first mean is the larger. */
  statistic: number;
  df: number;
  /** One-sided: the chance of a statistic this large when the first mean is not the larger. */
  pValue: number;
}

/**
 * Welch's t-test of "the first mean is larger" from moments, with the Welch–Satterthwaite degrees of freedom.
 * `undefined` with fewer than two values on a side, and when neither varies.
 * Source: Welch (1947), "The generalization of 'Student's' problem when several different population variances are involved".
 */
export function welchTest(first: Moments, second: Moments): WelchTest | undefined {
  if (!(first.n >= 2) || !(second.n >= 2)) return undefined;
  const v1 = first.m2 / (first.n - 1) / first.n;
  const v2 = second.m2 / (second.n - 1) / second.n;
  if (!(v1 + v2 > 0)) return undefined;
  const statistic = (first.mean - second.mean) / Math.sqrt(v1 + v2);
  const df = (v1 + v2) ** 2 / (v1 ** 2 / (first.n - 1) + v2 ** 2 / (second.n - 1));
  const pValue = studentTCdf(-statistic, df);
  return pValue === undefined ? undefined : { statistic, df, pValue };
}
