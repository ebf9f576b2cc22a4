import type { BinSet, EstimateStatus, EstimationInfo } from '@plumbline/contracts';
import { labelFloor } from '../performance/performance-metric.ts';
import { findMetric } from '../registry.ts';
import { apartAuc } from './apart-from-reference.ts';
import type { EstimatedWindow, PerformanceEstimator } from './estimator.ts';
import { expectedConfusion } from './expected-confusion.ts';
import { outsideReference } from './outside-reference.ts';

/** Standard errors on each side of an estimate. */
const bandWidth = 3;
/** An estimate of events that lie further outside the reference than this share is not made. */
const maxOutside = 0.1;

/** One metric, estimated from the scores of all events, labelled or not. */
export interface Estimate {
  /** Null unless `status` is `ok` or `low_confidence`. */
  value: number | null;
  /** Value ± 3 standard errors, inside the range of the metric; null where the reference cannot tell the error. */
  lower: number | null;
  upper: number | null;
  status: EstimateStatus;
}

export interface PerformanceEstimate {
  /** Events that the estimate is taken from. */
  n: number;
  status: EstimateStatus;
  /** Why the status is not `ok`. */
  reason: string | null;
  metrics: ReadonlyMap<string, Estimate>;
  /** Of two classes: expected counts of the outcomes. */
  confusion: EstimationInfo['expected_confusion'];
}

/**
 * Standard error of a metric taken from `n` events by an estimator: of the events themselves and of the reference the
 * calibration was learned from. Undefined where the reference cannot tell.
 */
export function standardErrorOf(
  { varianceOfOne, n: nReference }: PerformanceEstimator,
  metric: string,
  n: number,
): number | undefined {
  const variance = varianceOfOne.get(metric);
  return variance === undefined ? undefined : Math.sqrt(variance * (1 / n + 1 / nReference));
}

/** Estimates every metric that can be estimated. `current` holds the profiles of the features of `binSet`. */
export function estimatePerformance(
  estimator: PerformanceEstimator,
  binSet: BinSet,
  current: EstimatedWindow,
): PerformanceEstimate {
  const none = (n: number, status: EstimateStatus, reason: string | null): PerformanceEstimate => ({
    n,
    status,
    reason,
    metrics: new Map(),
    confusion: null,
  });
  if (current.events === 0) return none(0, 'empty', null);
  const expected = estimator.expect(current);
  if (!expected) return none(0, 'not_recorded', 'The scores of these events are still being summarised.');
  const { n, values, confusion } = expected;
  if (n < labelFloor) {
    const reason = `${n} events can be estimated from; an estimate needs ${labelFloor}.`;
    return none(n, n === 0 ? 'empty' : 'insufficient_data', reason);
  }
  const outside = outsideReference(binSet, current);
  if (outside && outside.share > maxOutside) {
    const share = `${(100 * outside.share).toFixed(1)} % of the values of ${outside.feature}`;
    const most = `more than ${100 * maxOutside} %`;
    return none(n, 'suppressed', `${share} lie outside what the reference has, ${most}.`);
  }
  if (current.apart !== undefined) {
    const auc = `a ROC AUC of ${current.apart.toFixed(3)}, above ${apartAuc}`;
    const reason = `A classifier tells these events from the reference’s with ${auc}: they lie where the reference has none.`;
    return none(n, 'suppressed', reason);
  }
  const status = estimator.weakness === null ? 'ok' : 'low_confidence';
  const metrics = [...values].map(
    ([metric, value]) =>
      [metric, toEstimate(metric, value, standardErrorOf(estimator, metric, n), status)] as const,
  );
  return {
    n,
    status,
    reason: estimator.weakness,
    metrics: new Map(metrics),
    confusion: confusion ? expectedConfusion(confusion, estimator) : null,
  };
}

function toEstimate(
  metric: string,
  value: number | null | undefined,
  error: number | undefined,
  status: EstimateStatus,
): Estimate {
  const none = { value: null, lower: null, upper: null };
  if (value === null) return { ...none, status: 'insufficient_data' };
  if (value === undefined || !Number.isFinite(value)) return { ...none, status: 'degenerate' };
  if (error === undefined) return { ...none, value, status };
  const [least, most] = findMetric(metric)?.range ?? [null, null];
  return {
    value,
    lower: Math.max(least ?? -Infinity, value - bandWidth * error),
    upper: Math.min(most ?? Infinity, value + bandWidth * error),
    status,
  };
}
