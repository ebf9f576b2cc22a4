import { upperGamma } from './upper-gamma.ts';

/**
 * P(X ≥ x) for a χ² variable with `df` degrees of freedom: Q(df/2, x/2). Absolute error below 1e-10.
 * `undefined` when x is NaN or df is not positive and finite.
 */
export function chiSquareSurvival(x: number, df: number): number | undefined {
  if (Number.isNaN(x) || !(df > 0) || df === Infinity) return undefined;
  return upperGamma(df / 2, x / 2);
}
