import { logInterval, meanInterval } from '@plumbline/stats';
import { performanceMetric } from './performance-metric.ts';
import { regressionScore } from './regression-score.ts';

export const rmsleMetric = performanceMetric({
  metric: 'rmsle',
  title: 'Root mean squared logarithmic error',
  tasks: ['regression'],
  measures: 'error',
  worse: 'higher',
  unit: 'natural logarithm',
  range: [0, null],
  exactness: 'exact',
  description:
    'Root of the mean squared difference of ln(1 + prediction) and ln(1 + actual): near 0 a relative error. Not for negative values.',
  scoreModel: (input) =>
    regressionScore(input, {
      value: (_, { n, sizes }) => sizes && Math.sqrt(sizes.logSquareSum / n),
      interval: ({ n, sizes }) => {
        const squares = sizes && meanInterval(n, sizes.logSquareSum, sizes.logSquareM2);
        const interval = squares && logInterval(squares.mean, squares.standardError);
        return interval && { lower: Math.sqrt(interval.lower), upper: Math.sqrt(interval.upper) };
      },
      needs: ({ n, sizes }) => sizes?.logN === n,
    }),
});
