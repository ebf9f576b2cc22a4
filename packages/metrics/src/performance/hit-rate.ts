import { listMetric } from './list-metric.ts';

export const hitRateMetric = listMetric(
  'hit_rate',
  'Hit rate',
  'Share of lists with something relevant among the first ten places.',
);
