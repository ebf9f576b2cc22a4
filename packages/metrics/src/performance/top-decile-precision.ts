import { performanceMetric } from './performance-metric.ts';
import { topDecileScore } from './top-decile-score.ts';

export const topDecilePrecisionMetric = performanceMetric({
  metric: 'top_decile_precision',
  title: 'Precision in the top decile',
  tasks: ['binary_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'binned',
  description: 'Share of positives among the tenth of the events with the highest scores.',
  scoreModel: (input) => topDecileScore(input, 'precision'),
});
