import { delongError, histogramAuc, normalInterval } from '@plumbline/stats';
import { classAuc } from './class-auc.ts';
import { performanceMetric } from './performance-metric.ts';
import { rankingScore } from './ranking-score.ts';

export const rocAucMetric = performanceMetric({
  metric: 'roc_auc',
  title: 'ROC AUC',
  tasks: ['binary_classification', 'multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'binned',
  description:
    'Probability that a positive event scores higher than a negative one: 0.5 for guessing, 1 for a perfect order. Multiclass: plain mean over the classes, each against the rest.',
  scoreModel: (input) => {
    if (input.context.task === 'multiclass_classification') return classAuc(input);
    return rankingScore(input, ({ positives, negatives }) => {
      const auc = histogramAuc(positives, negatives);
      if (!auc) return undefined;
      const interval = normalInterval(auc.value, delongError(positives, negatives), { min: 0, max: 1 });
      return { ...auc, lower: interval?.lower ?? null, upper: interval?.upper ?? null };
    });
  },
});
