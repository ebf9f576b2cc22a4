import { invertIncreasing } from './invert-increasing.ts';
import { studentTCdf } from './student-t-cdf.ts';

/**
 * The value that Student's t with `df` degrees of freedom stays below with probability `p`; relative error about 1e-10
 * between p = 1e-6 and 1 − 1e-6. `undefined` outside 0 < p < 1 and for a df that is not positive and finite.
 */
export function studentTQuantile(p: number, df: number): number | undefined {
  if (!(p > 0 && p < 1) || !(df > 0) || df === Infinity) return undefined;
  if (p < 0.5) return -(studentTQuantile(1 - p, df) ?? 0);
  const below = (t: number) => studentTCdf(t, df) ?? 0;
  let high = 1;
  while (below(high) < p) high *= 2;
  return invertIncreasing(below, p, { low: 0, high });
}
