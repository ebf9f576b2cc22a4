import { type ControlChart, countValue } from './control-chart.ts';

/**
 * Page–Hinkley test for a rise of the mean: S = max(0, forgetting·S + x − mean − delta), where the mean of the values so
 * far includes x. No alarm before the value number `fewest`. `delta` and `limit` are in the unit of x; usual on
 * standardised values: delta 0.005, limit 50, forgetting 0.9999, fewest 30.
 * Source: Page (1954); the form of river's `PageHinkley`, which alarms from the limit on, this beyond it.
 */
export function pageHinkley(options: {
  delta: number;
  limit: number;
  forgetting: number;
  fewest: number;
}): ControlChart {
  const { delta, limit, forgetting, fewest } = options;
  return {
    limit,
    next(state, x) {
      const { n, mean } = countValue(state, x);
      return { n, mean, statistic: Math.max(0, forgetting * state.statistic + x - mean - delta) };
    },
    // x − (mean + (x − mean) / (n + 1)) is (x − mean)·n / (n + 1).
    reach: ({ n, mean, statistic }) =>
      n === 0 || n + 1 < fewest
        ? Number.POSITIVE_INFINITY
        : mean + ((limit + delta - forgetting * statistic) * (n + 1)) / n,
  };
}
