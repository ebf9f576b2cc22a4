import { classAuc, classesByFrequency } from './class-auc.ts';
import { performanceMetric } from './performance-metric.ts';

export const weightedRocAucMetric = performanceMetric({
  metric: 'weighted_roc_auc',
  title: 'Weighted ROC AUC',
  tasks: ['multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'binned',
  description:
    'Mean over the classes, each against the rest and counted by its events, of the probability that an event of the class is given a higher probability of it than another event: 0.5 for guessing, 1 for a perfect order.',
  scoreModel: (input) => classAuc(input, classesByFrequency),
});
