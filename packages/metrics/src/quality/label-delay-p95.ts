import type { MetricDescriptor } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { countDelays, delayError, delayQuantile } from './label-delays.ts';

/** Fewest labels: of fewer, the interval of the rank has no upper end. */
const minN = 100;

export const labelDelayMetric: MetricDescriptor = {
  metric: 'label_delay_p95',
  title: 'Label delay, 95th percentile',
  family: 'quality',
  column_kinds: null,
  readsLabels: true,
  tasks: null,
  needs_reference: false,
  measures: 'duration',
  worse: 'higher',
  unit: 'seconds',
  range: [0, null],
  default_threshold: null,
  min_n: minN,
  exactness: 'binned',
  description:
    'Seconds from the prediction to the time of its actual that 95 % of the labels need at most. Of labels that have arrived: of a young window it is too short.',
  docs: 'docs/metrics/label_delay_p95.md',
  scoreModel: ({ current: { events, performance } }) => {
    const { delays } = performance;
    if (!delays) return withoutValue(events > 0 ? 'not_applicable' : 'empty', { n: 0, exactness: 'binned' });
    const n = countDelays(delays);
    const short = shortage(n, minN);
    if (short) return withoutValue(short, { n, exactness: 'binned' });
    const found = delayQuantile(delays, 0.95);
    return toScore(found?.value, {
      n,
      exactness: 'binned',
      errorBound: Math.max(1, (found?.value ?? 0) * delayError),
      lower: found?.from ?? null,
      upper: found?.to ?? null,
    });
  },
};
