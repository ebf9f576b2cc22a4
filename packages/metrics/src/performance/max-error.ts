import { performanceMetric } from './performance-metric.ts';
import { regressionScore } from './regression-score.ts';

export const maxErrorMetric = performanceMetric({
  metric: 'max_error',
  title: 'Largest error',
  tasks: ['regression'],
  measures: 'error',
  worse: 'higher',
  unit: 'unit of the target',
  range: [0, null],
  exactness: 'exact',
  description: 'Distance of the worst prediction from the actual value. Grows with the number of events.',
  scoreModel: (input) =>
    regressionScore(input, {
      value: (_, { sizes }) => sizes?.largest,
      interval: () => undefined,
      needs: ({ sizes }) => sizes !== undefined,
    }),
});
