/** Sums over rows of a numerator x and a denominator y. */
export interface RatioSums {
  n: number;
  numeratorSum: number;
  denominatorSum: number;
  /** Σ(x − mean x)². */
  numeratorM2: number;
  /** Σ(y − mean y)². */
  denominatorM2: number;
  /** Σ(x − mean x)(y − mean y). */
  comoment: number;
}

/**
 * Standard error of the ratio Σx ÷ Σy of means of the same rows by the delta method, n−1 in the denominator.
 * `undefined` when n < 2, Σy = 0, or a sum is not finite.
 * Source: Cochran (1977), "Sampling techniques", 6.4.
 */
export function ratioError(sums: RatioSums): number | undefined {
  const { n, numeratorSum, denominatorSum, numeratorM2, denominatorM2, comoment } = sums;
  if (!(n >= 2)) return undefined;
  const ratio = numeratorSum / denominatorSum;
  const squares = numeratorM2 - 2 * ratio * comoment + ratio ** 2 * denominatorM2;
  const error = Math.sqrt((Math.max(0, squares) * n) / (n - 1)) / Math.abs(denominatorSum);
  return Number.isFinite(error) ? error : undefined;
}
