import { listMetric } from './list-metric.ts';

export const precisionAtKMetric = listMetric(
  'precision_at_k',
  'Precision',
  'Share of the ten first places that hold something relevant.',
);
