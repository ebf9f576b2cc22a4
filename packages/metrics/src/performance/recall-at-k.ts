import { listMetric } from './list-metric.ts';

export const recallAtKMetric = listMetric(
  'recall_at_k',
  'Recall',
  'Share of the relevant items of a list that are among the first ten places.',
);
