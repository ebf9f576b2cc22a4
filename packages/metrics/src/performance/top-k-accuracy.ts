import { wilson } from '@plumbline/stats';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { labelFloor, performanceMetric } from './performance-metric.ts';

/** Share of events whose actual label is among the `k` most probable; not applicable with no more labels than that. */
function topKAccuracy(k: number, words: string): MetricDescriptor {
  return performanceMetric({
    metric: `top_${k}_accuracy`,
    title: `Top-${k} accuracy`,
    tasks: ['multiclass_classification'],
    measures: 'score',
    worse: 'lower',
    unit: 'share of labelled events',
    range: [0, 1],
    exactness: 'exact',
    description: `Share of labelled events whose actual label is among the ${words} most probable ones.`,
    scoreModel: ({ context, current: { performance } }) => {
      const { probabilities, classes, confusion = [] } = performance;
      const n = probabilities?.n ?? 0;
      const details = { n, exactness: 'exact', errorBound: 0 } as const;
      const short = shortage(n, labelFloor);
      if (short) return withoutValue(short, details);
      const labels = Math.max(
        confusionMatrix(confusion, context).labels.length,
        classes?.classes.length ?? 0,
      );
      if (!probabilities?.places || labels <= k) return withoutValue('not_applicable', details);
      const hits = probabilities.places.slice(0, k).reduce((sum, count) => sum + count, 0);
      const interval = wilson(hits, n);
      return toScore(hits / n, {
        ...details,
        lower: interval?.lower ?? null,
        upper: interval?.upper ?? null,
      });
    },
  });
}

export const top2AccuracyMetric = topKAccuracy(2, 'two');
export const top5AccuracyMetric = topKAccuracy(5, 'five');
