import { listMetric } from './list-metric.ts';

export const mrrMetric = listMetric(
  'mrr',
  'MRR',
  'One over the place of the first relevant item; 0 when it is not among the first ten.',
);
