import { precision } from '@plumbline/stats';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const precisionMetric = performanceMetric({
  metric: 'precision',
  title: 'Precision',
  tasks: ['binary_classification', 'multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'exact',
  description:
    'Share of the events predicted positive that are positive. Multiclass: plain mean over the classes.',
  scoreModel: (input) =>
    confusionScore(input, {
      binary: precision,
      macro: 'precision',
      proportion: ({ tp, fp }) => ({ successes: tp, n: tp + fp }),
    }),
});
