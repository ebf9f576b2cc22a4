import { logInterval, meanInterval } from '@plumbline/stats';
import { performanceMetric } from './performance-metric.ts';
import { regressionScore } from './regression-score.ts';

export const rmseMetric = performanceMetric({
  metric: 'rmse',
  title: 'Root mean squared error',
  tasks: ['regression'],
  measures: 'error',
  worse: 'higher',
  unit: 'unit of the target',
  range: [0, null],
  exactness: 'exact',
  description: 'Root of the mean squared error: large misses count more than small ones.',
  scoreModel: (input) =>
    regressionScore(input, {
      value: ({ rmse }) => rmse,
      interval: ({ n, sumSquares, spread }) => {
        const squares = spread && meanInterval(n, sumSquares, spread.squaredM2);
        const interval = squares && logInterval(squares.mean, squares.standardError);
        return interval && { lower: Math.sqrt(interval.lower), upper: Math.sqrt(interval.upper) };
      },
    }),
});
