/** A metric of a regression that is a mean of what each event loses. */
interface LossMetric {
  /** What one event loses; undefined where the metric leaves it out. */
  loss: (prediction: number, actual: number) => number | undefined;
  /** The metric from the mean loss. */
  fromMean: (mean: number) => number;
  /** Variance of the metric times the number of events, from the mean and the variance of the loss of one. */
  varianceOfOne: (mean: number, variance: number) => number | undefined;
}

const itself = {
  fromMean: (mean: number) => mean,
  varianceOfOne: (_: number, variance: number) => variance,
};

/** The metrics of a regression that are estimated without labels. */
export const lossMetrics: Readonly<Record<string, LossMetric>> = {
  mae: { ...itself, loss: (prediction, actual) => Math.abs(prediction - actual) },
  rmse: {
    loss: (prediction, actual) => (prediction - actual) ** 2,
    fromMean: Math.sqrt,
    varianceOfOne: (mean, variance) => (mean > 0 ? variance / (4 * mean) : undefined),
  },
  mape: {
    ...itself,
    loss: (prediction, actual) => (actual === 0 ? undefined : Math.abs((prediction - actual) / actual)),
  },
};
