import type { Scored } from './expected-confusion.ts';
import { type Interval, meanInterval } from './intervals.ts';
import { logInterval, normalInterval } from './jackknife.ts';

const sumOf = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);
const meanOf = (terms: readonly number[]) => sumOf(terms) / terms.length;

function cut({ lower, upper }: Interval, max = Number.POSITIVE_INFINITY): Interval {
  return { lower: Math.max(0, lower), upper: Math.min(max, upper) };
}

/** Regression scores of rows with an actual value. */
export function expectedErrors(
  actuals: readonly number[],
  predictions: readonly number[],
): Record<string, Scored> {
  const errors = actuals.map((y, i) => (predictions[i] ?? 0) - y);
  const absolute = errors.map(Math.abs);
  const squares = errors.map((e) => e * e);
  const n = errors.length;
  const mean = meanOf(actuals);
  const spread = actuals.map((y) => (y - mean) ** 2);
  const relative = actuals.flatMap((y, i) => (y === 0 ? [] : [(absolute[i] ?? 0) / Math.abs(y)]));
  const symmetric = actuals.flatMap((y, i) => {
    const both = Math.abs(y) + Math.abs(predictions[i] ?? 0);
    return both === 0 ? [] : [(2 * (absolute[i] ?? 0)) / both];
  });
  const of = (terms: readonly number[]) => ({
    value: meanOf(terms),
    ...meanInterval(Float64Array.from(terms)),
  });
  const squared = of(squares);
  const error = (squared.upper - squared.value) / 1.959963984540054;
  const mse = logInterval(squared.value, error);
  const unexplained = sumOf(squares) / sumOf(spread);
  const residuals = squares.map((square, i) => (square - unexplained * (spread[i] ?? 0)) / sumOf(spread));
  const left = logInterval(unexplained, Math.sqrt(sumOf(residuals.map((u) => u * u))));
  const size = sumOf(actuals.map(Math.abs));
  const wape = sumOf(absolute) / size;
  const offs = absolute.map((e, i) => (e - wape * Math.abs(actuals[i] ?? 0)) / size);
  const wapeError = Math.sqrt((sumOf(offs.map((u) => u * u)) * n) / (n - 1));
  const percent = of(symmetric);
  return {
    mae: of(absolute),
    bias: of(errors),
    rmse: { value: Math.sqrt(squared.value), lower: Math.sqrt(mse.lower), upper: Math.sqrt(mse.upper) },
    r2: { value: 1 - unexplained, lower: 1 - left.upper, upper: 1 - left.lower },
    mape: of(relative),
    wape: { value: wape, ...normalInterval(wape, wapeError, 0, Number.POSITIVE_INFINITY) },
    smape: { value: percent.value, ...cut(percent, 2) },
  };
}
