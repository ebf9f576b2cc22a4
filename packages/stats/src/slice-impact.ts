import type { Interval } from './interval.ts';
import type { Moments } from './moments.ts';
import { normalInterval } from './normal-interval.ts';

/** A metric as a function of the mean loss, with its slope: the identity, a root, 1 − x. */
export interface MetricOfMean {
  value: (mean: number) => number;
  slope: (mean: number) => number;
}

export interface SliceImpact extends Interval {
  /** M(all) − M(all without the slice). */
  impact: number;
  standardError: number;
}

/**
 * What a slice does to a metric of all rows: the metric with its rows less the metric without them, from the moments of
 * the loss in the slice and in the rest. For a mean that is w·(m − m_rest), w being the slice's share of rows.
 *
 * The normal 95% interval comes from the influence of each row on both values (delta method); the share of the slice
 * counts as drawn, too. `undefined` with fewer than two rows on a side or a value that is not finite.
 */
export function sliceImpact(slice: Moments, rest: Moments, metric: MetricOfMean): SliceImpact | undefined {
  if (!(slice.n >= 2) || !(rest.n >= 2)) return undefined;
  const n = slice.n + rest.n;
  const share = slice.n / n;
  const mean = share * slice.mean + (1 - share) * rest.mean;
  const impact = metric.value(mean) - metric.value(rest.mean);
  const slopeAll = metric.slope(mean);
  const slopeOfRest = slopeAll - metric.slope(rest.mean) / (1 - share);
  const variance =
    share * slopeAll ** 2 * (slice.m2 / (slice.n - 1) + (slice.mean - mean) ** 2) +
    (1 - share) * ((slopeOfRest ** 2 * rest.m2) / (rest.n - 1) + slopeAll ** 2 * (rest.mean - mean) ** 2);
  const standardError = Math.sqrt(variance / n);
  const interval = normalInterval(impact, standardError);
  return interval && { impact, standardError, ...interval };
}
