/** Where a one-sided control chart stands after some values. */
export interface ChartState {
  /** What is compared with the limit of the chart. */
  statistic: number;
  /** Values since the chart began. */
  n: number;
  /** Their mean. */
  mean: number;
}

/** A statistic over a sequence of values that answers to rises; feed it −x for falls. */
export interface ControlChart {
  /** A statistic greater than this is an alarm. */
  limit: number;
  next(state: ChartState, x: number): ChartState;
  /** The next value is an alarm when it is greater than this; infinite while the chart does not alarm yet. */
  reach(state: ChartState): number;
}

/** A chart without values: before the first one, and after it was reset. */
export const newChart: ChartState = { statistic: 0, n: 0, mean: 0 };

/** Number and mean of the values with one more. */
export function countValue({ n, mean }: ChartState, x: number): { n: number; mean: number } {
  return { n: n + 1, mean: mean + (x - mean) / (n + 1) };
}
