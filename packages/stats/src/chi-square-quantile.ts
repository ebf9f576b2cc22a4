import { chiSquareSurvival } from './chi-square-survival.ts';
import { invertIncreasing } from './invert-increasing.ts';

/**
 * The value that a χ² variable with `df` degrees of freedom (any positive number) stays below with probability `p`;
 * relative error about 1e-10. `undefined` outside 0 < p < 1 and for a df that is not positive and finite.
 */
export function chiSquareQuantile(p: number, df: number): number | undefined {
  if (!(p > 0 && p < 1) || !(df > 0) || df === Infinity) return undefined;
  const below = (x: number) => 1 - (chiSquareSurvival(x, df) ?? 1);
  let high = df + 1;
  while (below(high) < p) high *= 2;
  return invertIncreasing(below, p, { low: 0, high });
}
