import type { BinSet, EstimationInfo, PerformanceAnswer, Task } from '@plumbline/contracts';
import type { ModelContext } from '../metric-descriptor.ts';
import { estimatePerformance } from './estimate-performance.ts';
import { estimateOfMetric, estimateWindows, estimationInfo, isEstimated } from './estimate-windows.ts';
import type { EstimatedWindow, NoEstimator, PerformanceEstimator } from './estimator.ts';

type MetricEntry = PerformanceAnswer['metrics'][number];
type EstimateKey = Extract<keyof MetricEntry, `estimated${string}`>;

/** A metric of a performance answer, as far as labels give it. */
export type RealisedMetric = Omit<MetricEntry, EstimateKey>;

/** What estimates add to a performance answer. */
export interface EstimateReport {
  estimation: EstimationInfo;
  fieldsOf: (metric: string) => Pick<MetricEntry, EstimateKey>;
}

const notEstimated: Pick<MetricEntry, EstimateKey> = {
  estimated: null,
  estimated_lower: null,
  estimated_upper: null,
  estimated_n: 0,
  estimated_status: 'not_applicable',
  estimated_distrusted: false,
};

/** Without an estimator: no values, and why. */
export const withoutEstimates = (task: Task, lack: NoEstimator): EstimateReport => ({
  estimation: estimationInfo(task, lack, null),
  fieldsOf: (metric) => ({
    ...notEstimated,
    estimated_status: isEstimated(metric) ? lack.status : 'not_applicable',
  }),
});

/** Estimates of all of `current`, held against the labels of its days, in order of time. */
export function estimateReport(
  estimator: PerformanceEstimator,
  question: { context: ModelContext; binSet: BinSet },
  { current, days }: { current: EstimatedWindow; days: readonly EstimatedWindow[] },
): EstimateReport {
  const estimate = estimatePerformance(estimator, question.binSet, current);
  const seriesOf = estimateWindows(estimator, question, days);
  return {
    estimation: estimationInfo(question.context.task, estimator, estimate),
    fieldsOf: (metric) => {
      if (!isEstimated(metric)) return notEstimated;
      const { value, lower, upper, status } = estimateOfMetric(estimate, metric);
      return {
        estimated: value,
        estimated_lower: lower,
        estimated_upper: upper,
        estimated_n: estimate.n,
        estimated_status: status,
        estimated_distrusted: seriesOf(metric).isDistrusted,
      };
    },
  };
}
