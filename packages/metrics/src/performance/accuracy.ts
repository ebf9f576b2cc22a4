import { wilson } from '@plumbline/stats';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { confusionMatrix } from './confusion-matrix.ts';
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
  description:
    'Share of labelled events whose predicted label is the actual one; binary: both positive, or neither.',
  scoreModel: ({ context, current }) => {
    const cells = current.performance.confusion ?? [];
    const { labels, counts } = confusionMatrix(cells, context);
    const n = cells.reduce((sum, { count }) => sum + count, 0);
    const correct = labels.reduce((sum, _, i) => sum + (counts[i]?.[i] ?? 0), 0);
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
