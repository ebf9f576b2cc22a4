import { meanInterval } from '@plumbline/stats';
import { performanceMetric } from './performance-metric.ts';
import { regressionScore } from './regression-score.ts';

export const mapeMetric = performanceMetric({
  metric: 'mape',
  title: 'Mean absolute percentage error',
  tasks: ['regression'],
  measures: 'error',
  worse: 'higher',
  unit: 'share of the actual value',
  range: [0, null],
  exactness: 'exact',
  description: 'Mean of |error| / |actual| over events whose actual value is not 0; 0.1 is 10 %.',
  scoreModel: (input) =>
    regressionScore(input, {
      value: ({ mape }) => mape,
      interval: ({ percentageN, percentageSum, spread }) =>
        spread && meanInterval(percentageN, percentageSum, spread.percentageM2),
    }),
});
