import { precision, wilson } from '@plumbline/stats';
import { averagedScore } from './averaged-score.ts';
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
      binary: (counts) => ({ value: precision(counts), interval: wilson(counts.tp, counts.tp + counts.fp) }),
      matrix: averagedScore('precision', 'macro'),
    }),
});
