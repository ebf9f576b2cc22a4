import type { EstimateStatus, PerformanceProfile } from '@plumbline/contracts';

/** What performance is to be expected of some events. */
interface Expectation {
  /** Events with a score and a predicted label. */
  n: number;
  /** By metric; undefined for 0 ÷ 0, null where too few of a class are to be expected. */
  values: ReadonlyMap<string, number | null | undefined>;
}

/** What estimates without labels are made with; all of it comes from the reference. */
export interface PerformanceEstimator {
  /** Undefined when the scores of the events were not kept. */
  expect: (performance: PerformanceProfile) => Expectation | undefined;
  /** False: the scores were found to be as near to the labels as a fit. */
  isCalibrated: boolean;
  /** Labelled reference events with a score. */
  n: number;
  /**
   * Variance of a metric times the number of events it is taken from: from n events its standard error is √(this ÷ n).
   * Metrics that the reference cannot tell it of have none.
   */
  varianceOfOne: ReadonlyMap<string, number>;
  /** Set when the reference has so few labels that estimates are of low confidence. */
  weakness: string | null;
}

/** Why there is no estimator. */
export interface NoEstimator {
  status: Extract<EstimateStatus, 'not_applicable' | 'insufficient_data'>;
  reason: string;
}
