import {
  differenceInterval,
  disparityBetween,
  type Estimate,
  normalQuantile,
  ratioInterval,
} from '@plumbline/stats';
import { estimate, type Measure, measureP } from './measure.ts';

/** How far the values of groups lie apart; null where there is none. */
export interface GroupSpread {
  difference: number;
  differenceLower: number;
  differenceUpper: number;
  ratio: number | null;
  ratioLower: number | null;
  ratioUpper: number | null;
  pValue: number | null;
  /** Positions in the measures. */
  highest: number;
  lowest: number;
}

const level = 0.05;

/**
 * Largest − smallest and smallest ÷ largest value of two or more groups. Picking the extremes of many groups finds
 * differences in noise, so the intervals hold for all pairs at once, and the p-value is the smallest of all pairs times
 * their number (Bonferroni); `families` = metrics that are judged together. Undefined when a group has no value.
 */
export function groupSpread(measures: Measure[], hasRatio: boolean, families = 1): GroupSpread | undefined {
  const pairs = (measures.length * (measures.length - 1)) / 2;
  const tests = pairs * families;
  const z = normalQuantile(1 - level / (2 * tests));
  const estimates = measures.map((measure) => estimate(measure, z)).filter((known) => known !== undefined);
  const disparity = disparityBetween(estimates.map(({ value }) => value));
  if (!disparity || estimates.length < measures.length) return undefined;
  let [lower, upper, ratioLower, ratioUpper, p] = [0, 0, 1, 1, 1];
  let hasP = true;
  for (const [i, first] of estimates.entries()) {
    for (const [j, second] of estimates.slice(0, i).entries()) {
      const [high, low] = first.value >= second.value ? [first, second] : [second, first];
      const difference = differenceInterval(high, low);
      lower = Math.max(lower, difference.lower);
      upper = Math.max(upper, difference.upper);
      const ratio = hasRatio ? ratioInterval(low, high) : undefined;
      ratioLower = Math.min(ratioLower, ratio?.lower ?? 0);
      ratioUpper = Math.min(ratioUpper, ratio?.upper ?? 1);
      const [a, b] = [measures[i], measures[j]];
      const pair = a && b && measureP(a, b);
      if (pair === undefined) hasP = false;
      else p = Math.min(p, pair * tests);
    }
  }
  const ratio = hasRatio ? (disparity.ratio ?? null) : null;
  const positionOf = (best: (a: Estimate, b: Estimate) => boolean) =>
    estimates.reduce((chosen, one, i) => {
      const held = estimates[chosen];
      return held && best(one, held) ? i : chosen;
    }, 0);
  return {
    difference: disparity.difference,
    differenceLower: lower,
    differenceUpper: upper,
    ratio,
    ratioLower: ratio === null ? null : ratioLower,
    ratioUpper: ratio === null ? null : ratioUpper,
    pValue: hasP ? p : null,
    highest: positionOf((a, b) => a.value > b.value),
    lowest: positionOf((a, b) => a.value < b.value),
  };
}
