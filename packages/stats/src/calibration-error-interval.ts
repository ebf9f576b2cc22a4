import type { CalibrationBin } from './calibration-bins.ts';
import { expectedCalibrationError } from './expected-calibration-error.ts';
import type { Interval } from './interval.ts';
import { normalCdf } from './normal-cdf.ts';
import { z95 } from './z95.ts';

const steps = 60;

/**
 * Interval of the expected calibration error, 95% by default, by test inversion. The error is a sum of absolute gaps, so
 * noise alone makes it positive: value ± error would hardly ever hold the 0 of a calibrated model. The interval holds
 * every true error t under which the value is no surprise: Σ|N(t·wᵦ, sᵦ)| with w the observed shares of the gaps, s the
 * binomial errors of the positives, its mean and variance from the folded normal distribution. It is widened to hold
 * the value. `undefined` when the table holds no rows.
 */
export function calibrationErrorInterval(
  bins: readonly Pick<CalibrationBin, 'count' | 'meanScore' | 'positiveRate'>[],
  z = z95,
): Interval | undefined {
  const value = expectedCalibrationError(bins);
  if (value === undefined) return undefined;
  const n = bins.reduce((sum, { count }) => sum + count, 0);
  const gaps = bins.map(
    ({ count, meanScore, positiveRate }) => (count * Math.abs(positiveRate - meanScore)) / n,
  );
  const errors = bins.map(({ count, positiveRate }) => {
    const rate = (count * positiveRate + 0.5) / (count + 1);
    return Math.sqrt(count * rate * (1 - rate)) / n;
  });
  const between = bins.reduce((sum, { count }, i) => sum + (n / count) * (gaps[i] ?? 0) ** 2, 0) - value ** 2;
  const expected = (t: number, reach: number) => {
    let mean = 0;
    let variance = value > 0 ? (Math.max(0, between) * (t / value) ** 2) / n : 0;
    for (const [i, error] of errors.entries()) {
      const folded = foldedNormal(value > 0 ? (t * (gaps[i] ?? 0)) / value : 0, error);
      mean += folded.mean;
      variance += folded.variance;
    }
    return mean + reach * Math.sqrt(variance);
  };
  const largest = (reach: number) => {
    if (expected(0, reach) >= value) return 0;
    let [low, high] = [0, 1];
    for (let i = 0; i < steps; i++) {
      const middle = (low + high) / 2;
      if (expected(middle, reach) < value) low = middle;
      else high = middle;
    }
    return low;
  };
  return { lower: Math.min(value, largest(z)), upper: Math.max(value, largest(-z)) };
}

/** Moments of |X|, X normal. */
function foldedNormal(mean: number, deviation: number): { mean: number; variance: number } {
  const ratio = mean / deviation;
  const folded =
    deviation * Math.sqrt(2 / Math.PI) * Math.exp((-ratio * ratio) / 2) +
    mean * (1 - 2 * (normalCdf(-ratio) ?? 0));
  return { mean: folded, variance: Math.max(0, mean * mean + deviation * deviation - folded * folded) };
}
