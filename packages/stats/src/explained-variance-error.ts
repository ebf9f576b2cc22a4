import { type R2Sums, r2Error } from './r2-error.ts';

/** Sums over labelled rows; e = prediction − actual, d = actual − mean actual. */
export interface ExplainedVarianceSums extends R2Sums {
  /** Σe. */
  errorSum: number;
  /** Σe³. */
  cubedErrorSum: number;
  /** Σed². */
  errorActualM2: number;
}

/** Below this share of the raw fourth powers, those around the mean are rounding. */
const leastShare = 1e-9;

/**
 * Standard error of the explained variance 1 − Var e ÷ Var y by the delta method: that of R² after the mean error is taken
 * from every error. `undefined` where that of R² is, and where the mean error is so much greater than its spread that the
 * sums do not tell the spread.
 */
export function explainedVarianceError(sums: ExplainedVarianceSums): number | undefined {
  const { n, errorSum, squaredErrorSum, squaredErrorM2, cubedErrorSum } = sums;
  const mean = errorSum / n;
  const squares = squaredErrorSum - n * mean ** 2;
  const rawFourth = squaredErrorM2 + squaredErrorSum ** 2 / n;
  const fourth = rawFourth - 4 * mean * cubedErrorSum + 6 * mean ** 2 * squaredErrorSum - 3 * n * mean ** 4;
  if (!(fourth >= leastShare * rawFourth)) return undefined;
  return r2Error({
    ...sums,
    squaredErrorSum: squares,
    squaredErrorM2: fourth - squares ** 2 / n,
    squaredErrorActualM2:
      sums.squaredErrorActualM2 - 2 * mean * sums.errorActualM2 + mean ** 2 * sums.actualM2,
  });
}
