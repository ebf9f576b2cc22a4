import { f1, f1Interval } from '@plumbline/stats';
import { averagedScore } from './averaged-score.ts';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const f1Metric = performanceMetric({
  metric: 'f1',
  title: 'F1',
  tasks: ['binary_classification', 'multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'exact',
  description: 'Harmonic mean of precision and recall. Multiclass: plain mean over the classes.',
  scoreModel: (input) =>
    confusionScore(input, {
      binary: (counts) => ({ value: f1(counts), interval: f1Interval(counts) }),
      matrix: averagedScore('f1', 'macro'),
    }),
});
