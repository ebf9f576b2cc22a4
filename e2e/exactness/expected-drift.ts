import { type ColumnSummary, moments } from './column-summary.ts';
import {
  chiSquare,
  hellinger,
  jsDistance,
  ksOfCounts,
  lInfinity,
  psi,
  tvd,
  wassersteinOfPoints,
} from './drift-formulas.ts';
import { type ExpectedScore, shortage, withoutValue } from './expected-score.ts';
import { chiSquareTail, ksTail } from './p-values.ts';
import { exactKs, exactWasserstein } from './raw-statistics.ts';
import type { Bins } from './reference-bins.ts';

const floor = 30;
const distances = { psi, js_distance: jsDistance, hellinger, tvd, l_infinity: lInfinity };

/** Every drift metric of one column, from the counts of both sides and their values. */
export function expectedDrift(
  bins: Bins,
  reference: ColumnSummary,
  current: ColumnSummary,
): Map<string, ExpectedScore> {
  const scores = new Map<string, ExpectedScore>();
  const { n } = current;
  const names = [...Object.keys(distances), 'chi_square'];
  if (bins.layout !== 'categorical') names.push('ks', 'wasserstein_normed');
  const short = shortage(Math.min(reference.n, n), floor);
  if (short) {
    for (const name of names) scores.set(name, withoutValue(short, n));
    return scores;
  }
  const [p, q] = [deciles(bins, reference.counts), deciles(bins, current.counts)];
  for (const [name, distance] of Object.entries(distances)) {
    scores.set(name, { value: distance(p, q), n, status: 'ok' });
  }
  const test = chiSquare(p, q);
  scores.set(
    'chi_square',
    test
      ? { value: test.statistic, n, status: 'ok', pValue: chiSquareTail(test.statistic, test.degrees) }
      : withoutValue('insufficient_data', n),
  );
  if (bins.layout === 'constant') {
    scores.set('ks', withoutValue('constant', n));
    scores.set('wasserstein_normed', withoutValue('constant', n));
  } else if (bins.layout !== 'categorical') {
    scores.set('ks', ksScore(bins, reference, current));
    scores.set('wasserstein_normed', wassersteinScore(bins, reference, current));
  }
  return scores;
}

/** Pairs of the 20 quantile bins together; the two open bins stay as they are. */
function deciles(bins: Bins, counts: number[]): number[] {
  if (bins.layout !== 'numeric' || counts.length - 2 <= 10) return counts;
  const inner = counts.slice(1, -1);
  const merged: number[] = [];
  for (let i = 0; i < inner.length; i += 2) merged.push((inner[i] ?? 0) + (inner[i + 1] ?? 0));
  return [counts[0] ?? 0, ...merged, counts.at(-1) ?? 0];
}

function ksScore(
  bins: Extract<Bins, { layout: 'numeric' | 'discrete' }>,
  reference: ColumnSummary,
  current: ColumnSummary,
): ExpectedScore {
  let order = reference.counts.map((_, i) => i);
  if (bins.layout === 'discrete') {
    // The bin of unseen values stands at the mean of all it holds.
    const unseen = bins.values.length;
    const rows = (reference.counts[unseen] ?? 0) + (current.counts[unseen] ?? 0);
    const sum = (reference.sums[unseen] ?? 0) + (current.sums[unseen] ?? 0);
    const place = (i: number) => bins.values[i] ?? (rows > 0 ? sum / rows : Number.POSITIVE_INFINITY);
    order = order.sort((a, b) => place(a) - place(b));
  }
  const value = ksOfCounts(
    order.map((i) => reference.counts[i] ?? 0),
    order.map((i) => current.counts[i] ?? 0),
  );
  return {
    value,
    n: current.n,
    status: 'ok',
    pValue: ksTail(value, reference.n, current.n),
    exact: exactKs(reference.sorted, current.sorted),
  };
}

/** Each bin's rows at their mean, in standard deviations of the reference. */
function wassersteinScore(bins: Bins, reference: ColumnSummary, current: ColumnSummary): ExpectedScore {
  const points = ({ counts, sums }: ColumnSummary) =>
    counts.flatMap((weight, i) => (weight > 0 ? [{ at: (sums[i] ?? 0) / weight, weight }] : []));
  const deviation = Math.sqrt(moments(reference.sorted).m2 / reference.n);
  return {
    value: wassersteinOfPoints(points(reference), points(current)) / deviation,
    n: current.n,
    status: 'ok',
    exact: exactWasserstein(reference.sorted, current.sorted) / deviation,
    isUnbounded: bins.layout === 'discrete' && (current.counts.at(-1) ?? 0) > 0,
  };
}
