import { wilson } from '@plumbline/stats';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { labelFloor, performanceMetric } from './performance-metric.ts';

export const labelCoverageMetric = performanceMetric({
  metric: 'label_coverage',
  title: 'Label coverage',
  tasks: null,
  measures: 'rate',
  worse: 'lower',
  unit: 'share of events',
  range: [0, 1],
  exactness: 'exact',
  description: 'Share of events whose actual value is known. Performance speaks about these only.',
  scoreModel: ({ current }) => {
    const { events, performance } = current;
    const details = { n: events, exactness: 'exact', errorBound: 0 } as const;
    const short = shortage(events, labelFloor);
    if (short) return withoutValue(short, details);
    const interval = wilson(performance.labelled, events);
    return toScore(performance.labelled / events, {
      ...details,
      lower: interval?.lower ?? null,
      upper: interval?.upper ?? null,
    });
  },
});
