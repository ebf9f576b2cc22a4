import { recall, wilson } from '@plumbline/stats';
import { averagedScore } from './averaged-score.ts';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const recallMetric = performanceMetric({
  metric: 'recall',
  title: 'Recall',
  tasks: ['binary_classification', 'multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'exact',
  description:
    'Share of the positive events that are predicted positive. Multiclass: plain mean over the classes.',
  scoreModel: (input) =>
    confusionScore(input, {
      binary: (counts) => ({ value: recall(counts), interval: wilson(counts.tp, counts.tp + counts.fn) }),
      matrix: averagedScore('recall', 'macro'),
    }),
});
