import { balancedAccuracy, balancedAccuracyInterval } from '@plumbline/stats';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const balancedAccuracyMetric = performanceMetric({
  metric: 'balanced_accuracy',
  title: 'Balanced accuracy',
  tasks: ['binary_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'exact',
  description: 'Mean of recall and specificity: 0.5 for guessing, however rare one class is.',
  scoreModel: (input) =>
    confusionScore(input, {
      binary: (counts) => ({ value: balancedAccuracy(counts), interval: balancedAccuracyInterval(counts) }),
    }),
});
