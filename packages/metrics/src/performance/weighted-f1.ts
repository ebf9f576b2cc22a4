import { averagedScore } from './averaged-score.ts';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const weightedF1Metric = performanceMetric({
  metric: 'weighted_f1',
  title: 'Weighted F1',
  tasks: ['multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'exact',
  description: 'F1 of each class, averaged by how often the class occurs.',
  scoreModel: (input) =>
    confusionScore(input, {
      matrix: averagedScore('f1', 'weighted'),
    }),
});
