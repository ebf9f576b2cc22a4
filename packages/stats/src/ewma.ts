import { type ControlChart, countValue } from './control-chart.ts';

/**
 * Exponentially weighted moving average of standardised values: E = weight·x + (1 − weight)·E from E = 0; its limit is
 * `width`·√(weight / (2 − weight)), the deviation that E settles to times `width`. `weight` in (0, 1], usually 0.2;
 * `width` > 0, usually 3.
 * Source: Roberts (1959), "Control Chart Tests Based on Geometric Moving Averages".
 */
export function ewma({ weight, width }: { weight: number; width: number }): ControlChart {
  const limit = width * Math.sqrt(weight / (2 - weight));
  return {
    limit,
    next: (state, x) => ({ ...countValue(state, x), statistic: weight * x + (1 - weight) * state.statistic }),
    reach: ({ statistic }) => (limit - (1 - weight) * statistic) / weight,
  };
}
