/** Sums over labelled rows; e = prediction − actual, d = actual − mean actual. */
export interface R2Sums {
  n: number;
  /** Σe². */
  squaredErrorSum: number;
  /** Σ(e² − mean e²)². */
  squaredErrorM2: number;
  /** Σd². */
  actualM2: number;
  /** Σd⁴. */
  actualM4: number;
  /** Σe²d². */
  squaredErrorActualM2: number;
}

/**
 * Standard error of R² by the delta method, from 1 − R² = Σe² ÷ Σd²: √Σ(e² − (1 − R²)·d²)² ÷ Σd².
 * `undefined` when the actuals are constant, or a sum is not finite.
 */
export function r2Error(sums: R2Sums): number | undefined {
  const { n, squaredErrorSum, squaredErrorM2, actualM2, actualM4, squaredErrorActualM2 } = sums;
  if (!(n > 0) || !(actualM2 > 0)) return undefined;
  const unexplained = squaredErrorSum / actualM2;
  const fourth = squaredErrorM2 + squaredErrorSum ** 2 / n;
  const squares = fourth - 2 * unexplained * squaredErrorActualM2 + unexplained ** 2 * actualM4;
  const error = Math.sqrt(Math.max(0, squares)) / actualM2;
  return Number.isFinite(error) ? error : undefined;
}
