import { performanceMetric } from './performance-metric.ts';
import { topDecileScore } from './top-decile-score.ts';

export const topDecileLiftMetric = performanceMetric({
  metric: 'top_decile_lift',
  title: 'Lift in the top decile',
  tasks: ['binary_classification'],
  measures: 'score',
  worse: 'lower',
  unit: 'times the share of positives',
  range: [0, 10],
  exactness: 'binned',
  description:
    'How many times more positives the tenth with the highest scores holds than a random tenth: 1 for guessing, at most 10.',
  scoreModel: (input) => topDecileScore(input, 'lift'),
});
