import { wilson } from '@plumbline/stats';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';

const minN = 30;

/** The one metric of rows that never became events: it reads what was received, by the time it was received. */
export const rejectedShareMetric: MetricDescriptor = {
  metric: 'rejected_share',
  title: 'Rejected share',
  family: 'quality',
  column_kinds: null,
  tasks: null,
  needs_reference: false,
  measures: 'rate',
  worse: 'higher',
  unit: 'share of rows',
  range: [0, 1],
  default_threshold: 0.01,
  min_n: minN,
  exactness: 'exact',
  description:
    'Share of the rows received in a window that were refused. Windows are of the time of receipt.',
  docs: 'docs/metrics/rejected_share.md',
  readsIntake: true,
  scoreModel: ({ current: { intake } }) => {
    if (!intake) return withoutValue('not_applicable', { n: 0, exactness: 'exact' });
    const { accepted, rejected } = intake;
    const n = accepted + rejected;
    const short = shortage(n, minN);
    if (short) return withoutValue(short, { n, exactness: 'exact' });
    const interval = wilson(rejected, n);
    return toScore(rejected / n, {
      n,
      exactness: 'exact',
      errorBound: 0,
      lower: interval?.lower ?? null,
      upper: interval?.upper ?? null,
    });
  },
};
