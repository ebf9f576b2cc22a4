import type { MetricDescriptor } from '../metric-descriptor.ts';
import { toScore } from '../to-score.ts';

/** The one metric that is defined without events: no traffic is 0 and can be alerted on. */
export const volumeMetric: MetricDescriptor = {
  metric: 'volume',
  title: 'Volume',
  family: 'volume',
  column_kinds: null,
  tasks: null,
  needs_reference: false,
  measures: 'count',
  worse: 'either',
  unit: 'events',
  range: [0, null],
  default_threshold: null,
  min_n: 0,
  exactness: 'exact',
  description: 'Number of events.',
  docs: 'docs/metrics/volume.md',
  scoreModel: ({ current }) =>
    toScore(current.events, { n: current.events, exactness: 'exact', errorBound: 0 }),
};
