import { explainedVarianceError, logInterval } from '@plumbline/stats';
import { performanceMetric } from './performance-metric.ts';
import { regressionScore } from './regression-score.ts';

export const explainedVarianceMetric = performanceMetric({
  metric: 'explained_variance',
  title: 'Explained variance',
  tasks: ['regression'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [null, 1],
  exactness: 'exact',
  description:
    'R² as it would be if the bias were taken from every prediction: what of the ups and downs the model follows.',
  scoreModel: (input) =>
    regressionScore(input, {
      value: (_, { m2, actualM2 }) => (actualM2 > 0 ? 1 - m2 / actualM2 : undefined),
      interval: ({ n, sum, sumSquares, actualM2, spread, sizes }, value) => {
        const error =
          spread &&
          sizes &&
          explainedVarianceError({
            n,
            errorSum: sum,
            squaredErrorSum: sumSquares,
            squaredErrorM2: spread.squaredM2,
            cubedErrorSum: sizes.cubes,
            actualM2,
            actualM4: spread.actualM4,
            squaredErrorActualM2: spread.squaredActualM2,
            errorActualM2: sizes.actualSquares,
          });
        const unexplained = logInterval(1 - value, error);
        return unexplained && { lower: 1 - unexplained.upper, upper: 1 - unexplained.lower };
      },
    }),
});
