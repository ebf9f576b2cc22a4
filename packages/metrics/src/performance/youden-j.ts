import { balancedAccuracyInterval, youdenJ } from '@plumbline/stats';
import { confusionScore } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const youdenJMetric = performanceMetric({
  metric: 'youden_j',
  title: 'Youden’s J',
  tasks: ['binary_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [-1, 1],
  exactness: 'exact',
  description:
    'Recall plus specificity minus 1 of the predicted labels: 0 for guessing, however rare one class is.',
  scoreModel: (input) =>
    confusionScore(input, {
      binary: (counts) => {
        const half = balancedAccuracyInterval(counts);
        const interval = half && { lower: 2 * half.lower - 1, upper: 2 * half.upper - 1 };
        return { value: youdenJ(counts), interval };
      },
    }),
});
