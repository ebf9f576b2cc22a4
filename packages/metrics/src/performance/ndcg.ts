import { listMetric } from './list-metric.ts';

export const ndcgMetric = listMetric(
  'ndcg',
  'NDCG',
  'How well the ten first places serve the reader, against the best order: relevance counts less the lower it stands.',
);
