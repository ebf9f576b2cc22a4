import { matthewsCorrelation, matthewsCorrelationError } from '@plumbline/stats';

import { confusionScore, withError } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const mccMetric = performanceMetric({
  metric: 'mcc',
  title: 'Matthews correlation',
  tasks: ['binary_classification', 'multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [-1, 1],
  exactness: 'exact',
  description:
    'Correlation of predicted and actual label: 1 is perfect, 0 is guessing, whatever the shares of the classes.',
  scoreModel: (input) =>
    confusionScore(input, {
      matrix: (counts) =>
        withError(matthewsCorrelation(counts), matthewsCorrelationError(counts), { min: -1, max: 1 }),
    }),
});
