import type { Scored } from './expected-confusion.ts';
import { logInterval } from './jackknife.ts';

const z = 1.959963984540054;
const perOctave = 32;
const sumOf = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);
const meanOf = (terms: readonly number[]) => sumOf(terms) / terms.length;

/** The middle of the geometric bin of a size, no more than the largest. */
const middleOf = (size: number, largest: number) =>
  size === 0 ? 0 : Math.min(largest, 2 ** ((Math.floor(Math.log2(size) * perOctave) + 0.5) / perOctave));

/** Quantiles and extremes of errors, and the variance explained, from the rows. */
export function expectedErrorSizes(
  actuals: readonly number[],
  predictions: readonly number[],
): Record<string, Scored & { exact?: number }> {
  const errors = actuals.map((y, i) => (predictions[i] ?? 0) - y);
  const n = errors.length;
  const sizes = errors.map(Math.abs).sort((a, b) => a - b);
  const largest = sizes[n - 1] ?? 0;
  const at = (place: number) => sizes[Math.min(n - 1, Math.max(0, place))] ?? 0;
  const quantile = (q: number) => {
    const place = (n - 1) * q;
    const mix = (of: (size: number) => number) => {
      const [low, high] = [of(at(Math.floor(place))), of(at(Math.ceil(place)))];
      return low + (high - low) * (place - Math.floor(place));
    };
    const reach = z * Math.sqrt(n * q * (1 - q));
    return {
      value: mix((size) => middleOf(size, largest)),
      exact: mix((size) => size),
      lower: middleOf(at(Math.floor(n * q - reach)), largest),
      upper: middleOf(at(Math.ceil(n * q + reach) - 1), largest),
    };
  };
  const [bias, centre] = [meanOf(errors), meanOf(actuals)];
  const rest = errors.map((e) => (e - bias) ** 2);
  const spread = actuals.map((y) => (y - centre) ** 2);
  const unexplained = sumOf(rest) / sumOf(spread);
  const influences = rest.map((square, i) => (square - unexplained * (spread[i] ?? 0)) / sumOf(spread));
  const left = logInterval(unexplained, Math.sqrt(sumOf(influences.map((u) => u * u))));
  return {
    median_absolute_error: quantile(0.5),
    p90_absolute_error: quantile(0.9),
    max_error: { value: largest },
    explained_variance: { value: 1 - unexplained, lower: 1 - left.upper, upper: 1 - left.lower },
  };
}
