import { performanceMetric } from './performance-metric.ts';
import { regressionScore } from './regression-score.ts';

export const r2Metric = performanceMetric({
  metric: 'r2',
  title: 'R²',
  tasks: ['regression'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [null, 1],
  exactness: 'exact',
  description:
    'Share of the variance of the actual values that the model explains; below 0 it does worse than their mean.',
  scoreModel: (input) =>
    regressionScore(input, {
      value: (report) => report.r2,
    }),
});
