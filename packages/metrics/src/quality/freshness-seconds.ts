import type { MetricDescriptor } from '../metric-descriptor.ts';
import { toScore, withoutValue } from '../to-score.ts';

/** Defined of a window without events, too: there the newest event lies before it. */
export const freshnessMetric: MetricDescriptor = {
  metric: 'freshness_seconds',
  title: 'Age of the newest event',
  family: 'quality',
  column_kinds: null,
  readsAge: true,
  tasks: null,
  needs_reference: false,
  measures: 'duration',
  worse: 'higher',
  unit: 'seconds',
  range: [0, null],
  default_threshold: null,
  min_n: 0,
  exactness: 'exact',
  description:
    'Seconds from the prediction time of the newest event to the end of the window, or to now when that is earlier.',
  docs: 'docs/metrics/freshness_seconds.md',
  scoreModel: ({ current: { events, ageMs } }) => {
    const details = { n: events, exactness: 'exact', errorBound: 0 } as const;
    return ageMs === undefined ? withoutValue('empty', details) : toScore(ageMs / 1000, details);
  },
};
