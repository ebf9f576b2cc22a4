import type { RowMeasure, SliceLossMetric } from '@plumbline/contracts';
import type { MetricOfMean } from '@plumbline/stats';

/** A metric as a function of the mean of a loss ≥ 0 that every labelled event has. */
export interface SliceLoss {
  measure: RowMeasure & string;
  /** The metric in its own unit. */
  show: (meanLoss: number) => number;
  /** The metric such that more is worse, for impacts. */
  worse: MetricOfMean;
}

const asIs: MetricOfMean = { value: (mean) => mean, slope: () => 1 };
const root: MetricOfMean = {
  value: Math.sqrt,
  slope: (mean) => (mean > 0 ? 0.5 / Math.sqrt(mean) : 0),
};

/** Losses of the metrics slices can be worst by. */
export const sliceLosses: Record<SliceLossMetric, SliceLoss> = {
  accuracy: { measure: 'wrong', show: (wrong) => 1 - wrong, worse: asIs },
  log_loss: { measure: 'log_loss', show: asIs.value, worse: asIs },
  brier: { measure: 'brier', show: asIs.value, worse: asIs },
  mae: { measure: 'absolute_error', show: asIs.value, worse: asIs },
  rmse: { measure: 'squared_error', show: root.value, worse: root },
};
