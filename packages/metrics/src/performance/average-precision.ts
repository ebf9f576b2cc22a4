import { averagePrecisionError, histogramAveragePrecision, logitInterval } from '@plumbline/stats';
import { performanceMetric } from './performance-metric.ts';
import { rankingScore } from './ranking-score.ts';

export const averagePrecisionMetric = performanceMetric({
  metric: 'average_precision',
  title: 'Average precision',
  tasks: ['binary_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'binned',
  description:
    'Area under the precision–recall curve, without interpolation. Guessing gives the share of positives.',
  scoreModel: (input) =>
    rankingScore(input, ({ positives, negatives }) => {
      const result = histogramAveragePrecision(positives, negatives);
      if (!result) return undefined;
      const { value, lower, upper } = result;
      const interval = logitInterval(value, averagePrecisionError(positives, negatives));
      return {
        value,
        errorBound: Math.max(upper - value, value - lower),
        lower: interval?.lower ?? null,
        upper: interval?.upper ?? null,
      };
    }),
});
