import { negativePredictiveValue, wilson } from '@plumbline/stats';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const negativePredictiveValueMetric = performanceMetric({
  metric: 'negative_predictive_value',
  title: 'Negative predictive value',
  tasks: ['binary_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'exact',
  description: 'Share of the events predicted negative that are negative: the precision of a negative.',
  scoreModel: (input) =>
    confusionScore(input, {
      binary: (counts) => ({
        value: negativePredictiveValue(counts),
        interval: wilson(counts.tn, counts.tn + counts.fn),
      }),
    }),
});
