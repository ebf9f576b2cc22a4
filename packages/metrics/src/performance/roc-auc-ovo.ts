import { classAuc, classPairs } from './class-auc.ts';
import { performanceMetric } from './performance-metric.ts';

export const rocAucOvoMetric = performanceMetric({
  metric: 'roc_auc_ovo',
  title: 'ROC AUC, class against class',
  tasks: ['multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'binned',
  description:
    'Mean over the ordered pairs of classes of the probability that an event of the one is given a higher probability of it than an event of the other: 0.5 for guessing, 1 for a perfect order. How common the classes are does not matter.',
  scoreModel: (input) => classAuc(input, classPairs),
});
