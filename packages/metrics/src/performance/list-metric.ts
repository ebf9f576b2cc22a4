import { type RankingMeasure, rankingCutoff } from '@plumbline/contracts';
import { meanInterval, wilson } from '@plumbline/stats';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { labelFloor, performanceMetric } from './performance-metric.ts';

/** The mean of a measure over ranked lists, each counting alike; `n` is the number of lists. */
export function listMetric(metric: RankingMeasure, title: string, description: string): MetricDescriptor {
  return performanceMetric({
    metric,
    title: `${title}@${rankingCutoff}`,
    tasks: ['ranking'],
    measures: 'score',
    worse: 'lower',
    unit: 'mean over lists',
    range: [0, 1],
    exactness: 'exact',
    description,
    scoreModel: ({ current }) => {
      const { ranking } = current.performance;
      const n = ranking?.lists ?? 0;
      const details = { n, exactness: 'exact', errorBound: 0 } as const;
      const short = shortage(n, labelFloor);
      if (short || !ranking) return withoutValue(short ?? 'empty', details);
      const { sum, m2 } = ranking.measures[metric];
      const interval = metric === 'hit_rate' ? wilson(Math.round(sum), n) : meanInterval(n, sum, m2);
      return toScore(sum / n, {
        ...details,
        lower: interval ? Math.max(0, interval.lower) : null,
        upper: interval ? Math.min(1, interval.upper) : null,
      });
    },
  });
}
