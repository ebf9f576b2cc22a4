import { errorQuantileScore } from './error-quantile-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const medianAbsoluteErrorMetric = performanceMetric({
  metric: 'median_absolute_error',
  title: 'Median absolute error',
  tasks: ['regression'],
  measures: 'error',
  worse: 'higher',
  unit: 'unit of the target',
  range: [0, null],
  exactness: 'binned',
  description: 'Half of the predictions are off by no more than this: a few large misses do not move it.',
  scoreModel: (input) => errorQuantileScore(input, 0.5),
});
