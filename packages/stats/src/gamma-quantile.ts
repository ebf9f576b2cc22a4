import { chiSquareQuantile } from './chi-square-quantile.ts';

/**
 * The value that the gamma distribution of this mean and variance stays below with probability `p`. 0 when the mean
 * is 0, the mean when the variance is 0; `undefined` outside 0 < p < 1 and for negative moments.
 */
export function gammaQuantile(
  p: number,
  { mean, variance }: { mean: number; variance: number },
): number | undefined {
  if (!(p > 0 && p < 1) || !(mean >= 0) || !(variance >= 0)) return undefined;
  if (mean === 0 || variance === 0) return mean;
  const quantile = chiSquareQuantile(p, (2 * mean * mean) / variance);
  return quantile === undefined ? undefined : (quantile * variance) / (2 * mean);
}
