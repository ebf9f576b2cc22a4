import { falseNegativeRate, wilson } from '@plumbline/stats';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const falseNegativeRateMetric = performanceMetric({
  metric: 'false_negative_rate',
  title: 'False negative rate',
  tasks: ['binary_classification'],
  measures: 'rate',
  worse: 'higher',
  unit: '',
  range: [0, 1],
  exactness: 'exact',
  description: 'Share of the positive events that are predicted negative: one minus recall.',
  scoreModel: (input) =>
    confusionScore(input, {
      binary: (counts) => ({
        value: falseNegativeRate(counts),
        interval: wilson(counts.fn, counts.fn + counts.tp),
      }),
    }),
});
