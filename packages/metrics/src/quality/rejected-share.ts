import { receiptRate } from './receipt-rate.ts';

export const rejectedShareMetric = receiptRate({
  metric: 'rejected_share',
  title: 'Rejected share',
  defaultThreshold: 0.01,
  description:
    'Share of the rows received in a window that were refused. Windows are of the time of receipt.',
  count: ({ rejected }) => rejected,
});
