import type { Bins, ColumnProfile } from '@plumbline/contracts';
import { binnedKs, ksPValue } from '@plumbline/stats';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { toScore, withoutValue } from '../to-score.ts';
import { driftFloor, driftSides } from './drift-sides.ts';

export const ksMetric: MetricDescriptor = {
  metric: 'ks',
  title: 'Kolmogorov–Smirnov statistic',
  family: 'drift',
  column_kinds: ['numeric'],
  tasks: null,
  needs_reference: true,
  measures: 'distance',
  worse: 'higher',
  unit: '',
  range: [0, 1],
  default_threshold: 0.1,
  min_n: driftFloor,
  exactness: 'binned',
  description:
    'Largest gap between the two cumulative distributions, with the p-value of the two-sample test. A lower bound on bins.',
  docs: 'docs/metrics/ks.md',
  scoreColumn: (input) => {
    const { bins } = input.column;
    const sides = driftSides(input, 'binned');
    if ('score' in sides) return sides.score;
    const { reference, current } = sides;
    const details = { n: current.n, nReference: reference.n, exactness: 'binned' } as const;
    if (bins.layout === 'constant') return withoutValue('constant', details);
    const result = ksOnBins(bins, reference, current);
    if (!result) return withoutValue('not_applicable', details);
    return toScore(result.statistic, {
      ...details,
      exactness: result.errorBound === 0 ? 'exact' : 'binned',
      errorBound: result.errorBound,
      pValue: ksPValue(result.statistic, reference.n, current.n) ?? null,
    });
  },
};

function ksOnBins(bins: Bins, reference: ColumnProfile, current: ColumnProfile) {
  if (bins.layout === 'numeric') return binnedKs(reference.counts, current.counts);
  if (bins.layout !== 'discrete') return undefined;
  const order = valueOrder(bins.values, reference, current);
  const result = binnedKs(
    order.map((i) => reference.counts[i] ?? 0),
    order.map((i) => current.counts[i] ?? 0),
  );
  // Rows of one value are tied, so only the unseen values, which may lie anywhere, leave doubt.
  const unseenShare = ({ counts, n }: ColumnProfile) => (counts[bins.values.length] ?? 0) / n;
  return result && { ...result, errorBound: Math.min(1, unseenShare(reference) + unseenShare(current)) };
}

/** Bin positions by value, the unseen bin at the mean of what it holds. */
function valueOrder(values: number[], reference: ColumnProfile, current: ColumnProfile): number[] {
  const unseen = values.length;
  const rows = (reference.counts[unseen] ?? 0) + (current.counts[unseen] ?? 0);
  const sum = (reference.sums?.[unseen] ?? 0) + (current.sums?.[unseen] ?? 0);
  const places = [...values, rows > 0 ? sum / rows : Number.POSITIVE_INFINITY];
  return places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
}
