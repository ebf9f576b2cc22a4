import { specificity, wilson } from '@plumbline/stats';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const specificityMetric = performanceMetric({
  metric: 'specificity',
  title: 'Specificity',
  tasks: ['binary_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'exact',
  description: 'Share of the negative events that are predicted negative; one minus the false positive rate.',
  scoreModel: (input) =>
    confusionScore(input, {
      binary: (counts) => ({
        value: specificity(counts),
        interval: wilson(counts.tn, counts.tn + counts.fp),
      }),
    }),
});
