import type { MultivariateResult } from '@plumbline/contracts';
import { normalInterval } from '@plumbline/stats';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { toScore, withoutValue } from '../to-score.ts';

type Particulars = Pick<
  MetricDescriptor,
  'metric' | 'title' | 'worse' | 'range' | 'default_threshold' | 'min_n' | 'description' | 'unit'
>;
type Compared = Pick<MultivariateResult, 'classifier' | 'reconstruction'>;

/** What of a comparison a metric takes. */
interface Part {
  measure: Compared['classifier'] | Compared['reconstruction'];
  standardError: number | null;
  pValue: number | null;
}

/** A descriptor of a value that a comparison with the reference on all columns found; `pick` takes it. */
export function comparedMetric(
  particulars: Particulars,
  pick: (compared: Compared) => Part,
): MetricDescriptor {
  return {
    ...particulars,
    family: 'drift',
    column_kinds: null,
    tasks: null,
    needs_reference: true,
    measures: 'distance',
    exactness: 'exact',
    granularities: ['week', 'day'],
    own_limits: true,
    docs: `docs/metrics/${particulars.metric}.md`,
    readsComparison: true,
    scoreModel: ({ current: { events, multivariate }, reference }) => {
      if (!multivariate || !reference)
        return withoutValue('not_applicable', { n: events, exactness: 'exact' });
      const { measure, standardError, pValue } = pick(multivariate);
      const { n, n_reference: nReference, value, status, threshold_lower, threshold, drifted } = measure;
      const details = { n, nReference, exactness: 'exact' } as const;
      if (status !== 'ok' || value === null)
        return withoutValue(status === 'ok' ? 'degenerate' : status, details);
      const interval = normalInterval(value, standardError ?? undefined, { min: 0 });
      return toScore(value, {
        ...details,
        ...interval,
        ...(pValue === null ? {} : { pValue }),
        own: { lower: threshold_lower, upper: threshold, isChance: !drifted },
      });
    },
  };
}
