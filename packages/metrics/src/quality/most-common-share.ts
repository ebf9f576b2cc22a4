import { columnKinds } from '@plumbline/contracts';
import { countMostCommon } from '../expectations/count-most-common.ts';
import { qualityRate } from './quality-rate.ts';

export const mostCommonShareMetric = qualityRate({
  metric: 'most_common_share',
  title: 'Share of the most common value',
  description:
    'Share of values that are the most common one; 1 is a column that stands still. Of numbers with many distinct values an upper bound, from the fullest bin.',
  defaultThreshold: 0.999,
  columnKinds: [...columnKinds],
  count: ({ column, current }) => {
    const { atLeast, atMost, of } = countMostCommon(column, current);
    return { rows: atMost, atLeast, of };
  },
});
