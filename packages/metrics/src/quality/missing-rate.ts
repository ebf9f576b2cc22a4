import { columnKinds } from '@plumbline/contracts';
import { qualityRate } from './quality-rate.ts';

export const missingRateMetric = qualityRate({
  metric: 'missing_rate',
  title: 'Missing rate',
  description: 'Share of events whose value is absent, null or not a finite number.',
  defaultThreshold: 0.05,
  columnKinds: [...columnKinds],
  count: ({ current }) => ({ rows: current.missing, of: current.n + current.missing }),
});
