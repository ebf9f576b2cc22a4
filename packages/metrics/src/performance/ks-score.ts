import { ksScore, normalInterval } from '@plumbline/stats';
import { performanceMetric } from './performance-metric.ts';
import { rankingScore } from './ranking-score.ts';

export const ksScoreMetric = performanceMetric({
  metric: 'ks_score',
  title: 'KS score',
  tasks: ['binary_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  exactness: 'binned',
  description:
    'How far the best threshold parts the classes: the greatest gap between true and false positive rate.',
  scoreModel: (input) =>
    rankingScore(input, ({ positives, negatives }) => {
      const score = ksScore(positives, negatives);
      if (!score) return undefined;
      const { value, errorBound, standardError } = score;
      const interval =
        standardError > 0 ? normalInterval(value, standardError, { min: 0, max: 1 }) : undefined;
      return { value, errorBound, lower: interval?.lower ?? null, upper: interval?.upper ?? null };
    }),
});
