import { wilson } from '@plumbline/stats';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { labelFloor, performanceMetric } from './performance-metric.ts';

export const accuracyMetric = performanceMetric({
  metric: 'accuracy',
  title: 'Accuracy',
  tasks: ['binary_classification', 'multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: 'share of labelled events',
  range: [0, 1],
  exactness: 'exact',
  description: 'Share of labelled events whose predicted label is the actual one.',
  scoreModel: ({ current }) => {
    let n = 0;
    let correct = 0;
    for (const { actual, predicted, count } of current.performance.confusion ?? []) {
      n += count;
      if (actual === predicted) correct += count;
    }
    const details = { n, exactness: 'exact', errorBound: 0 } as const;
    const short = shortage(n, labelFloor);
    if (short) return withoutValue(short, details);
    const interval = wilson(correct, n);
    return toScore(correct / n, {
      ...details,
      lower: interval?.lower ?? null,
      upper: interval?.upper ?? null,
    });
  },
});
