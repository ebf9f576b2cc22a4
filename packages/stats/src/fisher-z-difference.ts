import { normalCdf } from './normal-cdf.ts';

/** A correlation and the pairs it was taken from. */
export interface Correlation {
  value: number;
  n: number;
}

export interface FisherZ {
  z: number;
  /** Two-sided. */
  pValue: number;
}

/** Variance of atanh ρ times n − 3: 1 of Pearson's correlation of normal data, 1.06 of Spearman's. */
export const spearmanVariance = 1.06;

/** atanh has no value at ±1: there a correlation is taken as this. */
const largest = 1 - 1e-12;

/**
 * Fisher's test whether two correlations of independent samples are equal:
 * z = (atanh ρ₁ − atanh ρ₂) ÷ √(v ÷ (n₁ − 3) + v ÷ (n₂ − 3)). Exact enough for normal data; for other measures of
 * association an approximation.
 *
 * `undefined` with fewer than four pairs a side or a value outside [−1, 1].
 * Source: Fisher (1921); the variance of ranks: Fieller, Hartley and Pearson (1957).
 */
export function fisherZDifference(
  first: Correlation,
  second: Correlation,
  variance = 1,
): FisherZ | undefined {
  const isUsable = ({ value, n }: Correlation) => n > 3 && Math.abs(value) <= 1;
  if (!isUsable(first) || !isUsable(second)) return undefined;
  const transformed = ({ value }: Correlation) => Math.atanh(Math.max(-largest, Math.min(largest, value)));
  const error = Math.sqrt(variance / (first.n - 3) + variance / (second.n - 3));
  const z = (transformed(first) - transformed(second)) / error;
  return { z, pValue: 2 * (normalCdf(-Math.abs(z)) ?? 0.5) };
}
