import { normalQuantile } from './normal-quantile.ts';

/**
 * The value that the log-normal distribution of this mean and variance stays below with probability `p`. 0 when the
 * mean is 0; `undefined` outside 0 < p < 1 and for negative moments.
 */
export function logNormalQuantile(
  p: number,
  { mean, variance }: { mean: number; variance: number },
): number | undefined {
  const z = normalQuantile(p);
  if (z === undefined || !(mean >= 0) || !(variance >= 0)) return undefined;
  if (mean === 0) return 0;
  const logVariance = Math.log1p(variance / (mean * mean));
  return mean * Math.exp(z * Math.sqrt(logVariance) - logVariance / 2);
}
