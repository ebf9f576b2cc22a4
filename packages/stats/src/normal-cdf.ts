import { upperGamma } from './upper-gamma.ts';

/**
 * Standard normal distribution function Φ(z), absolute error below 1e-14; the lower tail keeps its relative
 * precision, so use Φ(−|z|) for small p-values. `undefined` for NaN.
 */
export function normalCdf(z: number): number | undefined {
  if (Number.isNaN(z)) return undefined;
  const tail = upperGamma(0.5, (z * z) / 2) / 2;
  return z < 0 ? tail : 1 - tail;
}
