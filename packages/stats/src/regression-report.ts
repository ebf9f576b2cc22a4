import { divide } from './divide.ts';

/** Mergeable sums over labelled rows; the error of a row is prediction − actual. */
export interface RegressionSums {
  n: number;
  errorSum: number;
  absoluteErrorSum: number;
  squaredErrorSum: number;
  absoluteActualSum: number;
  /** Sum of squared deviations of the actuals from their mean. */
  actualM2: number;
  /** Sum of |error|/|actual| over the rows whose actual is not 0. */
  relativeErrorSum: number;
  /** Number of rows whose actual is not 0. */
  relativeErrorCount: number;
}

export interface RegressionReport {
  mae: number;
  mse: number;
  rmse: number;
  /** Mean error: positive when the model predicts too high. */
  bias: number;
  /** Mean |error|/|actual| over rows whose actual is not 0; `undefined` when every actual is 0. */
  mape: number | undefined;
  /** Σ|error|/Σ|actual|; `undefined` when every actual is 0. */
  wape: number | undefined;
  /** 1 − SSE/SST; `undefined` when the actuals are constant. */
  r2: number | undefined;
}

/** Regression scores from mergeable sums. `undefined` when there are no rows or a sum is not finite. */
export function regressionReport(sums: RegressionSums): RegressionReport | undefined {
  const mae = divide(sums.absoluteErrorSum, sums.n);
  const mse = divide(sums.squaredErrorSum, sums.n);
  const bias = divide(sums.errorSum, sums.n);
  if (mae === undefined || mse === undefined || bias === undefined) return undefined;
  const unexplained = sums.actualM2 > 0 ? divide(sums.squaredErrorSum, sums.actualM2) : undefined;
  return {
    mae,
    mse,
    rmse: Math.sqrt(mse),
    bias,
    mape: divide(sums.relativeErrorSum, sums.relativeErrorCount),
    wape: divide(sums.absoluteErrorSum, sums.absoluteActualSum),
    r2: unexplained === undefined ? undefined : 1 - unexplained,
  };
}
