import { meanInterval, normalInterval } from '@plumbline/stats';
import { performanceMetric } from './performance-metric.ts';
import { regressionScore } from './regression-score.ts';

export const smapeMetric = performanceMetric({
  metric: 'smape',
  title: 'Symmetric absolute percentage error',
  tasks: ['regression'],
  measures: 'error',
  worse: 'higher',
  unit: 'share of the mean of both',
  range: [0, 2],
  exactness: 'exact',
  description: 'Mean of |error| over the mean of |actual| and |prediction|; at most 2.',
  scoreModel: (input) =>
    regressionScore(input, {
      value: (_, { spread }) =>
        spread && spread.symmetricN > 0 ? spread.symmetricSum / spread.symmetricN : undefined,
      interval: ({ spread }) => {
        const mean = spread && meanInterval(spread.symmetricN, spread.symmetricSum, spread.symmetricM2);
        return normalInterval(mean?.mean, mean?.standardError, { min: 0, max: 2 });
      },
      needs: ({ spread }) => spread !== undefined,
    }),
});
