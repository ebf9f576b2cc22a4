import { meanInterval } from '@plumbline/stats';
import { performanceMetric } from './performance-metric.ts';
import { regressionScore } from './regression-score.ts';

export const maeMetric = performanceMetric({
  metric: 'mae',
  title: 'Mean absolute error',
  tasks: ['regression'],
  measures: 'error',
  worse: 'higher',
  unit: 'unit of the target',
  range: [0, null],
  exactness: 'exact',
  description: 'Mean distance of the prediction from the actual value.',
  scoreModel: (input) =>
    regressionScore(input, {
      value: ({ mae }) => mae,
      interval: ({ n, sumAbsolute, absoluteM2 }) => meanInterval(n, sumAbsolute, absoluteM2),
    }),
});
