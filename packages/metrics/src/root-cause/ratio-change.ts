import type { Segment } from '@plumbline/contracts';
import { shapleyValues } from '@plumbline/stats';
import { smallestTogether } from './smallest-together.ts';
import { concentrationOf, type TakenApart, unknownOfPart } from './taken-apart.ts';

const mostSegments = 10;

/** The metric of any mixture of segments of both windows. */
export interface MixableMetric {
  /** Events of a segment the metric is made of. */
  countOf: (segment: Segment) => number;
  /** The metric of segments taken together, each with the weight of its events; undefined where it has no value. */
  valueOf: (weighted: readonly { segment: Segment; weight: number }[]) => number | undefined;
  /** What is faster to compute once for all segments than for every mixture. */
  prepare?: (segments: readonly Segment[]) => (weights: ArrayLike<number>) => number | undefined;
}

/**
 * Exact Shapley values of the segments: what taking a segment from the window instead of the one compared with changes,
 * averaged over all orders in which segments can be exchanged; events weigh as if both windows had the same number.
 * Beyond 10 segments the smallest are put together. Undefined when a mixture has no value.
 */
export function ratioChange(
  before: readonly Segment[],
  after: readonly Segment[],
  metric: MixableMetric,
): TakenApart | undefined {
  const groups = smallestTogether(before, after, { countOf: metric.countOf, most: mostSegments });
  const sides = [groups.map((group) => group.before), groups.map((group) => group.after)] as const;
  const [n0, n1] = sides.map((side) => side.reduce((sum, segment) => sum + metric.countOf(segment), 0));
  if (!n0 || !n1) return undefined;
  const all = [...sides[0], ...sides[1]];
  const value =
    metric.prepare?.(all) ??
    ((weights: ArrayLike<number>) =>
      metric.valueOf(
        all.map((segment, i) => ({ segment, weight: weights[i] ?? 0 })).filter(({ weight }) => weight > 0),
      ));
  const players = groups.length;
  const weights = new Float64Array(2 * players);
  const mixture = (coalition: number) => {
    for (let player = 0; player < players; player++) {
      const isNew = (coalition & (1 << player)) !== 0;
      weights[player] = isNew ? 0 : 1 / n0;
      weights[players + player] = isNew ? 1 / n1 : 0;
    }
    return value(weights);
  };
  const shapley = shapleyValues(players, mixture);
  if (!shapley) return undefined;
  const own = (segment: Segment) => metric.valueOf([{ segment, weight: 1 }]) ?? null;
  const parts = groups.map((group, player) => ({
    ...unknownOfPart,
    codes: group.codes,
    n: metric.countOf(group.after),
    nCompared: metric.countOf(group.before),
    share: metric.countOf(group.after) / n1,
    shareCompared: metric.countOf(group.before) / n0,
    value: own(group.after),
    valueCompared: own(group.before),
    contribution: shapley[player] ?? 0,
  }));
  const change = shapley.reduce((sum, contribution) => sum + contribution, 0);
  const concentration = concentrationOf(parts, change);
  return { parts, concentration, chance: null, rankValue: concentration };
}
