import { type ControlChart, countValue } from './control-chart.ts';

/**
 * One side of a tabular cumulative sum (CUSUM): S = max(0, S + x − slack), for standardised values x. It finds lasting
 * changes of about twice the slack soonest. `slack` ≥ 0 and `limit` > 0 in standard deviations, usually 0.5 and 4 to 5.
 * Source: Page (1954), "Continuous Inspection Schemes".
 */
export function cusum({ slack, limit }: { slack: number; limit: number }): ControlChart {
  return {
    limit,
    next: (state, x) => ({ ...countValue(state, x), statistic: Math.max(0, state.statistic + x - slack) }),
    reach: ({ statistic }) => limit + slack - statistic,
  };
}
