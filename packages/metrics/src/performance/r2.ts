import { logInterval, r2Error } from '@plumbline/stats';
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
      value: ({ r2 }) => r2,
      interval: ({ n, sumSquares, actualM2, spread }, r2) => {
        const error =
          spread &&
          r2Error({
            n,
            squaredErrorSum: sumSquares,
            squaredErrorM2: spread.squaredM2,
            actualM2,
            actualM4: spread.actualM4,
            squaredErrorActualM2: spread.squaredActualM2,
          });
        const unexplained = logInterval(1 - r2, error);
        return unexplained && { lower: 1 - unexplained.upper, upper: 1 - unexplained.lower };
      },
    }),
});
