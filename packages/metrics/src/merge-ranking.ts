import { type RankingProfile, rankingMeasures } from '@plumbline/contracts';
import { mergedM2 } from './sum-moments.ts';

/** Lists of two sets of rows put together; no list is in both. */
export function mergeRanking(a: RankingProfile, b: RankingProfile): RankingProfile {
  const merged: RankingProfile = { lists: a.lists + b.lists, measures: { ...a.measures } };
  for (const measure of rankingMeasures) {
    const [x, y] = [a.measures[measure], b.measures[measure]];
    merged.measures[measure] = {
      sum: x.sum + y.sum,
      m2: mergedM2([a.lists, x.sum, x.m2], [b.lists, y.sum, y.m2]),
    };
  }
  return merged;
}
