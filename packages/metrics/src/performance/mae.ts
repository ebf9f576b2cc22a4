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
      value: (report) => report.mae,
      moments: ({ sumAbsolute, absoluteM2 }) => ({ sum: sumAbsolute, m2: absoluteM2 }),
    }),
});
