import { averagedScore } from './averaged-score.ts';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const weightedPrecisionMetric = performanceMetric({
  metric: 'weighted_precision',
  title: 'Weighted precision',
  tasks: ['multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'exact',
  description: 'Precision of each class, averaged by how often the class occurs.',
  scoreModel: (input) =>
    confusionScore(input, {
      matrix: averagedScore('precision', 'weighted'),
    }),
});
