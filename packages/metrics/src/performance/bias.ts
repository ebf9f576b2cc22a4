import { meanInterval } from '@plumbline/stats';
import { performanceMetric } from './performance-metric.ts';
import { regressionScore } from './regression-score.ts';

export const biasMetric = performanceMetric({
  metric: 'bias',
  title: 'Bias',
  tasks: ['regression'],
  measures: 'error',
  worse: 'either',
  unit: 'unit of the target',
  range: [null, null],
  exactness: 'exact',
  description: 'Mean of prediction minus actual: above 0 the model predicts too high.',
  scoreModel: (input) =>
    regressionScore(input, {
      value: ({ bias }) => bias,
      interval: ({ n, sum, m2 }) => meanInterval(n, sum, m2),
    }),
});
