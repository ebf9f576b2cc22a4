import { columnKinds } from '@plumbline/contracts';
import { countUnseen } from './count-unseen.ts';
import { qualityRate } from './quality-rate.ts';

export const unseenRateMetric = qualityRate({
  metric: 'unseen_rate',
  title: 'Unseen rate',
  description:
    'Share of values that the reference never had. Not defined for numeric columns with many distinct values.',
  defaultThreshold: 0.01,
  columnKinds: [...columnKinds],
  count: ({ column, current }) => {
    const rows = countUnseen(column, current);
    return rows === undefined ? undefined : { rows, of: current.n };
  },
});
