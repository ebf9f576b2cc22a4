import { receiptRate } from './receipt-rate.ts';

export const typeViolationRateMetric = receiptRate({
  metric: 'type_violation_rate',
  title: 'Type violation rate',
  defaultThreshold: 0.01,
  description:
    'Share of the rows received in a window that were refused because a feature had another type. Windows are of the time of receipt.',
  count: ({ mistyped }) => mistyped,
});
