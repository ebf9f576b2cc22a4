import type { BinSet, DriftAnswer, Profile, Score } from '@plumbline/contracts';
import { ndcg } from '@plumbline/stats';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { attributionFloor, featureName, importanceShares } from './importance-shares.ts';
import { isFeature } from './test-columns.ts';

/** Below, what matters to the model changed: the usual limit of the literature's NDCG alert. */
const smallestNdcg = 0.9;

export const attributionNdcgMetric: MetricDescriptor = {
  metric: 'attribution_ndcg',
  title: 'Order of attributions (NDCG)',
  family: 'drift',
  column_kinds: null,
  tasks: null,
  needs_reference: true,
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [0, 1],
  default_threshold: smallestNdcg,
  min_n: attributionFloor,
  exactness: 'exact',
  description:
    'How well the features’ order of importance now serves that of the reference: 1 when it is the same. Importance is the mean absolute attribution of the events that carry attributions.',
  docs: 'docs/metrics/attribution_ndcg.md',
  scoreModel: ({ current, reference }) => attributionScore(reference, current),
};

function attributionScore(reference: Profile | null, current: Profile): Score {
  const n = current.attributions?.n ?? 0;
  if (!reference) return withoutValue('not_applicable', { n, exactness: 'exact' });
  const nReference = reference.attributions?.n ?? 0;
  const details = { n, nReference, exactness: 'exact' } as const;
  const short = shortage(Math.min(n, nReference), attributionFloor);
  if (short) return withoutValue(short, details);
  const [known, own] = [importanceShares(reference.attributions), importanceShares(current.attributions)];
  if (!known || !own) return withoutValue('degenerate', details);
  const names = [...new Set([...known.keys(), ...own.keys()])];
  const shares = (of: ReadonlyMap<string, number>) => names.map((name) => of.get(name) ?? 0);
  return toScore(ndcg(shares(known), shares(own)), { ...details, errorBound: 0 });
}

/**
 * The features of a bin set by how much they matter to the model, in the reference and now, columns under their internal
 * keys; null when no event of either side carries attributions. Ranks count from 1, by share and then by name.
 */
export function attributionDrift(
  binSet: BinSet,
  reference: Profile | null,
  current: Profile,
): DriftAnswer['attribution'] {
  const score = attributionScore(reference, current);
  if (score.n === 0 && (score.nReference ?? 0) === 0) return null;
  const known = ranked(importanceShares(reference?.attributions));
  const own = ranked(importanceShares(current.attributions));
  const features = binSet.columns.filter(({ column }) => isFeature(column));
  return {
    ndcg: score.value,
    threshold: smallestNdcg,
    drifted: score.value !== null && score.value < smallestNdcg,
    status: score.status,
    n_reference: score.nReference ?? 0,
    n_current: score.n,
    features: features
      .map(({ column }) => {
        const [before, now] = [known(featureName(column)), own(featureName(column))];
        return {
          column,
          share_reference: before.share,
          share_current: now.share,
          rank_reference: before.rank,
          rank_current: now.rank,
        };
      })
      .sort(
        (a, b) => (b.share_reference ?? b.share_current ?? 0) - (a.share_reference ?? a.share_current ?? 0),
      ),
  };
}

function ranked(shares: ReadonlyMap<string, number> | null) {
  const order = [...(shares ?? [])].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
  return (name: string) => {
    if (!shares) return { share: null, rank: null };
    const place = order.indexOf(name);
    return { share: shares.get(name) ?? 0, rank: place < 0 ? null : place + 1 };
  };
}
