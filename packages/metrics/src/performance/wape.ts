import { normalInterval, ratioError } from '@plumbline/stats';
import { performanceMetric } from './performance-metric.ts';
import { regressionScore } from './regression-score.ts';

export const wapeMetric = performanceMetric({
  metric: 'wape',
  title: 'Weighted absolute percentage error',
  tasks: ['regression'],
  measures: 'error',
  worse: 'higher',
  unit: 'share of the actual values',
  range: [0, null],
  exactness: 'exact',
  description:
    'Sum of |error| over sum of |actual|: the error of an average event in units of an average actual value.',
  scoreModel: (input) =>
    regressionScore(input, {
      value: ({ wape }) => wape,
      interval: ({ n, sumAbsolute, absoluteM2, spread }, wape) => {
        const error =
          spread &&
          ratioError({
            n,
            numeratorSum: sumAbsolute,
            denominatorSum: spread.absoluteActualSum,
            numeratorM2: absoluteM2,
            denominatorM2: spread.absoluteActualM2,
            comoment: spread.absoluteComoment,
          });
        return normalInterval(wape, error, { min: 0 });
      },
      needs: ({ spread }) => spread !== undefined,
    }),
});
