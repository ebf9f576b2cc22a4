import type { Bins, ColumnProfile } from '@plumbline/contracts';
import { binnedWasserstein, wassersteinErrorBound } from '@plumbline/stats';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { toScore, withoutValue } from '../to-score.ts';
import { driftFloor, driftSides } from './drift-sides.ts';

export const wassersteinNormedMetric: MetricDescriptor = {
  metric: 'wasserstein_normed',
  title: 'Wasserstein distance, in standard deviations',
  family: 'drift',
  column_kinds: ['numeric'],
  tasks: null,
  needs_reference: true,
  measures: 'distance',
  worse: 'higher',
  unit: 'reference standard deviations',
  range: [0, null],
  default_threshold: 0.1,
  min_n: driftFloor,
  exactness: 'binned',
  description:
    'How far values moved on average, as a multiple of the reference standard deviation. Decides drift of numeric columns.',
  docs: 'docs/metrics/wasserstein_normed.md',
  scoreColumn: (input) => {
    const { bins } = input.column;
    const sides = driftSides(input, 'binned');
    if ('score' in sides) return sides.score;
    const { reference, current } = sides;
    const details = { n: current.n, nReference: reference.n, exactness: 'binned' } as const;
    if (bins.layout === 'categorical') return withoutValue('not_applicable', details);
    const deviation = Math.sqrt((reference.m2 ?? 0) / reference.n);
    if (bins.layout === 'constant' || deviation === 0) return withoutValue('constant', details);
    if (!reference.sums || !current.sums) return withoutValue('degenerate', details);
    const binned = {
      referenceCounts: reference.counts,
      referenceSums: reference.sums,
      currentCounts: current.counts,
      currentSums: current.sums,
    };
    const distance = binnedWasserstein(binned);
    const bound = wassersteinErrorBound({ ...binned, ...binEnds(bins, reference, current) });
    return toScore(distance === undefined ? undefined : distance / deviation, {
      ...details,
      exactness: bound === 0 ? 'exact' : 'binned',
      errorBound: bound === undefined ? null : bound / deviation,
    });
  },
};

/** Closed intervals that hold the values of each bin; those of the open bins come from the values seen. */
function binEnds(
  bins: Extract<Bins, { layout: 'numeric' | 'discrete' }>,
  reference: ColumnProfile,
  current: ColumnProfile,
): { lowerEdges: number[]; upperEdges: number[] } {
  const min = Math.min(reference.min ?? Number.NaN, current.min ?? Number.NaN);
  const max = Math.max(reference.max ?? Number.NaN, current.max ?? Number.NaN);
  if (bins.layout === 'discrete') {
    return { lowerEdges: [...bins.values, Number.NaN], upperEdges: [...bins.values, Number.NaN] };
  }
  return { lowerEdges: [min, ...bins.edges], upperEdges: [...bins.edges, max] };
}
