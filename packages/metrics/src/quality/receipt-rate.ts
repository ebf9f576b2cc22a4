import type { Profile } from '@plumbline/contracts';
import { wilson } from '@plumbline/stats';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';

interface Particulars {
  metric: string;
  title: string;
  defaultThreshold: number;
  description: string;
  count: (intake: NonNullable<Profile['intake']>) => number;
}

const minN = 30;

/** A descriptor of the share of received rows that had a fault, by their time of receipt, with its Wilson interval. */
export function receiptRate(particulars: Particulars): MetricDescriptor {
  const { metric, title, defaultThreshold, description, count } = particulars;
  return {
    metric,
    title,
    family: 'quality',
    column_kinds: null,
    tasks: null,
    needs_reference: false,
    measures: 'rate',
    worse: 'higher',
    unit: 'share of rows',
    range: [0, 1],
    default_threshold: defaultThreshold,
    min_n: minN,
    exactness: 'exact',
    description,
    docs: `docs/metrics/${metric}.md`,
    readsIntake: true,
    scoreModel: ({ current: { intake } }) => {
      if (!intake) return withoutValue('not_applicable', { n: 0, exactness: 'exact' });
      const n = intake.accepted + intake.rejected;
      const short = shortage(n, minN);
      if (short) return withoutValue(short, { n, exactness: 'exact' });
      const rows = count(intake);
      const interval = wilson(rows, n);
      return toScore(rows / n, {
        n,
        exactness: 'exact',
        errorBound: 0,
        lower: interval?.lower ?? null,
        upper: interval?.upper ?? null,
      });
    },
  };
}
