import type { EstimateStatus, HeldOutLoss, Profile } from '@plumbline/contracts';
import type { BinaryConfusion } from '@plumbline/stats';
import type { LossSums } from './expected-losses.ts';

/** A window as far as estimates go. */
export interface EstimatedWindow extends Profile {
  /** Of a regression: what the events are expected to lose. */
  losses?: LossSums;
  /** ROC AUC of the domain classifier, where the events lie apart from the reference. */
  apart?: number;
}

/** What performance is to be expected of some events. */
interface Expectation {
  /** Events that the estimate is taken from. */
  n: number;
  /** By metric; undefined for 0 ÷ 0, null where too few of a class are to be expected. */
  values: ReadonlyMap<string, number | null | undefined>;
  /** Of two classes: expected counts, fractions of events. */
  confusion?: BinaryConfusion;
}

/** What estimates without labels are made with; all of it comes from the reference. */
export interface PerformanceEstimator {
  /** Undefined when the scores of the events were not kept. */
  expect: (window: EstimatedWindow) => Expectation | undefined;
  /** False: the scores were found to be as near to the labels as a fit; null: no scores are read. */
  isCalibrated: boolean | null;
  /** Labelled reference events that were learnt from. */
  n: number;
  /**
   * Variance of a metric times the number of events it is taken from: from n events its standard error is √(this ÷ n).
   * Metrics that the reference cannot tell it of have none.
   */
  varianceOfOne: ReadonlyMap<string, number>;
  /** Of two classes: share of each outcome among the reference's labelled events. */
  outcomeShares?: BinaryConfusion;
  /** Set when the reference has so few labels that estimates are of low confidence. */
  weakness: string | null;
  /** How stretches of the reference fared when the rest estimated them; of regression. */
  heldOut?: HeldOutLoss[];
}

/** Why there is no estimator. */
export interface NoEstimator {
  status: Extract<EstimateStatus, 'not_applicable' | 'insufficient_data' | 'learning'>;
  reason: string;
}
