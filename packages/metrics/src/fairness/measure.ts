import {
  type CalibrationBin,
  calibrationErrorInterval,
  type Estimate,
  expectedCalibrationError,
  type Interval,
  type Moments,
  meanInterval,
  normalCdf,
  twoProportionP,
  wilson,
} from '@plumbline/stats';

/** What a metric of a group is computed from; `odds` = hits ÷ (n − hits). */
export type Measure =
  | { kind: 'share' | 'odds'; hits: number; n: number }
  | { kind: 'mean'; moments: Moments }
  | { kind: 'calibration'; bins: CalibrationBin[] };

export function measureCount(measure: Measure): number {
  if (measure.kind === 'mean') return measure.moments.n;
  if (measure.kind === 'calibration') return measure.bins.reduce((sum, { count }) => sum + count, 0);
  return measure.n;
}

/** The value with its interval, 95 % unless told; undefined for 0 ÷ 0 and the like, and for a mean of one row. */
export function estimate(measure: Measure, z?: number): Estimate | undefined {
  switch (measure.kind) {
    case 'share':
      return withInterval(measure.hits / measure.n, wilson(measure.hits, measure.n, z));
    case 'odds': {
      const share = wilson(measure.hits, measure.n, z);
      const odds = (part: number) => part / (1 - part);
      return withInterval(
        measure.hits / (measure.n - measure.hits),
        share && { lower: odds(share.lower), upper: odds(share.upper) },
      );
    }
    case 'mean': {
      const { n, mean, m2 } = measure.moments;
      return withInterval(mean, meanInterval(n, mean * n, m2, z));
    }
    case 'calibration':
      return withInterval(expectedCalibrationError(measure.bins), calibrationErrorInterval(measure.bins, z));
  }
}

function withInterval(value: number | undefined, interval: Interval | undefined): Estimate | undefined {
  if (value === undefined || !Number.isFinite(value) || !interval) return undefined;
  const { lower, upper } = interval;
  return Number.isFinite(lower) && Number.isFinite(upper) ? { value, lower, upper } : undefined;
}

/**
 * Two-sided p-value that two groups have the same true value: shares and odds by Fisher's exact test or the z test,
 * means by Welch's test with the normal distribution. Undefined for calibration errors, which have no such test.
 */
export function measureP(a: Measure, b: Measure): number | undefined {
  if (a.kind === 'mean' && b.kind === 'mean') {
    const difference = a.moments.mean - b.moments.mean;
    const error = Math.sqrt(squaredError(a.moments) + squaredError(b.moments));
    if (!(error > 0)) return difference === 0 ? 1 : 0;
    return 2 * (normalCdf(-Math.abs(difference) / error) ?? 0.5);
  }
  if ('hits' in a && 'hits' in b) return twoProportionP(a.hits, a.n, b.hits, b.n);
  return undefined;
}

const squaredError = ({ n, m2 }: Moments) => m2 / (n - 1) / n;
