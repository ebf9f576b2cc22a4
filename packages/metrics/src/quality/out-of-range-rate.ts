import { countOutOfRange } from './count-out-of-range.ts';
import { qualityRate } from './quality-rate.ts';

export const outOfRangeRateMetric = qualityRate({
  metric: 'out_of_range_rate',
  title: 'Out-of-range rate',
  description: 'Share of values below the smallest or above the largest value of the reference.',
  defaultThreshold: 0.01,
  columnKinds: ['numeric'],
  count: ({ column, current }) => {
    const outside = countOutOfRange(column, current);
    return outside && { ...outside, of: current.n };
  },
});
