import { performanceMetric } from './performance-metric.ts';
import { probabilityScore } from './probability-score.ts';

export const brierMetric = performanceMetric({
  metric: 'brier',
  title: 'Brier score',
  tasks: ['binary_classification', 'multiclass_classification'],
  measures: 'loss',
  worse: 'higher',
  unit: '',
  range: [0, 2],
  exactness: 'exact',
  description:
    'Mean squared distance of the predicted probabilities from what happened: at most 1 for two classes, 2 for more.',
  scoreModel: (input) => probabilityScore(input, 'brier'),
});
