import type { Interval } from './interval.ts';
import { z95 } from './z95.ts';

export interface MeanInterval extends Interval {
  mean: number;
  standardError: number;
}

/**
 * Mean with its normal interval mean ± z·s/√n, s with n−1 in the denominator, 95% by default.
 * `undefined` when n < 2, a squared deviation sum is negative, or anything is not finite.
 */
export function meanInterval(
  n: number,
  sum: number,
  sumOfSquaredDeviations: number,
  z = z95,
): MeanInterval | undefined {
  if (!(n >= 2) || !(sumOfSquaredDeviations >= 0)) return undefined;
  const mean = sum / n;
  const standardError = Math.sqrt(sumOfSquaredDeviations / (n - 1) / n);
  if (!Number.isFinite(mean) || !Number.isFinite(standardError)) return undefined;
  return { mean, standardError, lower: mean - z * standardError, upper: mean + z * standardError };
}
