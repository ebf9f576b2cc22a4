import type { BinSet, EstimationInfo, Task } from '@plumbline/contracts';
import type { ModelContext } from '../metric-descriptor.ts';
import { findMetric } from '../registry.ts';
import { backTestCoverage, biasOf, isDistrusted } from './back-test.ts';
import {
  type Estimate,
  estimatePerformance,
  type PerformanceEstimate,
  standardErrorOf,
} from './estimate-performance.ts';
import { estimatedMetrics } from './estimated-metrics.ts';
import type { EstimatedWindow, NoEstimator, PerformanceEstimator } from './estimator.ts';
import { lossMetrics } from './loss-metrics.ts';
import { multiclassEstimates } from './multiclass-estimator.ts';

/** One metric of one window: the estimate, and how far it missed where labels have arrived. */
interface WindowEstimate extends Estimate {
  n: number;
  /** (estimated − realised) in standard errors; null where it could not be tested. */
  bias: number | null;
}

/** Estimates of one metric over windows in order of time. */
export interface EstimatedSeries {
  windows: WindowEstimate[];
  isDistrusted: boolean;
}

/** Estimate of a metric that is not among the estimated ones, or was not made for the reason given. */
export function estimateOfMetric({ status, metrics }: PerformanceEstimate, metric: string): Estimate {
  const none = { value: null, lower: null, upper: null };
  const isMade = status === 'ok' || status === 'low_confidence';
  if (!isEstimated(metric)) return { ...none, status: 'not_applicable' };
  return metrics.get(metric) ?? { ...none, status: isMade ? 'not_applicable' : status };
}

/** Whether a metric is estimated for any task. */
export const isEstimated = (metric: string): boolean =>
  metric in estimatedMetrics || multiclassEstimates.includes(metric) || metric in lossMetrics;

/** Estimates windows, in order of time; then gives one metric after the other, held against the labels that have arrived. */
export function estimateWindows(
  estimator: PerformanceEstimator,
  { context, binSet }: { context: ModelContext; binSet: BinSet },
  windows: readonly EstimatedWindow[],
): (metric: string) => EstimatedSeries {
  const estimates = windows.map((current) => ({
    current,
    all: estimatePerformance(estimator, binSet, current),
  }));
  return (metric) => {
    const descriptor = findMetric(metric);
    const series = estimates.map(({ current, all }): WindowEstimate => {
      const estimate = estimateOfMetric(all, metric);
      const realised = descriptor?.scoreModel?.({ context, binSet, current, reference: null });
      const bias = biasOf({
        estimated: estimate.value,
        realised: realised?.value ?? null,
        coverage: current.events > 0 ? current.performance.labelled / current.events : 0,
        standardError: realised && standardErrorOf(estimator, metric, Math.min(realised.n, all.n)),
      });
      return { ...estimate, n: all.n, bias };
    });
    return { windows: series, isDistrusted: isDistrusted(series.map(({ bias }) => bias)) };
  };
}

/** What an answer says about how its estimates came about; `estimate` is of the whole window. */
export function estimationInfo(
  task: Task,
  estimator: PerformanceEstimator | NoEstimator,
  estimate: PerformanceEstimate | null,
): EstimationInfo {
  const method = task === 'regression' ? ('dle' as const) : ('cbpe' as const);
  const base = {
    method,
    back_test_coverage: backTestCoverage,
    held_out: [],
    expected_confusion: estimate?.confusion ?? null,
  };
  if ('expect' in estimator) {
    const { isCalibrated, n, weakness, heldOut = [] } = estimator;
    const status = estimate?.status ?? (weakness === null ? 'ok' : 'low_confidence');
    const reason = estimate ? estimate.reason : weakness;
    return { ...base, status, reason, is_calibrated: isCalibrated, n_reference: n, held_out: heldOut };
  }
  return { ...base, ...estimator, is_calibrated: null, n_reference: 0 };
}
