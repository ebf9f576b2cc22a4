import { errorQuantileScore } from './error-quantile-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const p90AbsoluteErrorMetric = performanceMetric({
  metric: 'p90_absolute_error',
  title: '90th percentile of the absolute error',
  tasks: ['regression'],
  measures: 'error',
  worse: 'higher',
  unit: 'unit of the target',
  range: [0, null],
  exactness: 'binned',
  description: 'Nine of ten predictions are off by no more than this.',
  scoreModel: (input) => errorQuantileScore(input, 0.9),
});
