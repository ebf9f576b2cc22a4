import { falsePositiveRate, wilson } from '@plumbline/stats';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const falsePositiveRateMetric = performanceMetric({
  metric: 'false_positive_rate',
  title: 'False positive rate',
  tasks: ['binary_classification'],
  measures: 'rate',
  worse: 'higher',
  unit: '',
  range: [0, 1],
  exactness: 'exact',
  description: 'Share of the negative events that are predicted positive: one minus specificity.',
  scoreModel: (input) =>
    confusionScore(input, {
      binary: (counts) => ({
        value: falsePositiveRate(counts),
        interval: wilson(counts.fp, counts.fp + counts.tn),
      }),
    }),
});
