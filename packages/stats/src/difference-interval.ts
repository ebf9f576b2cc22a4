import type { Interval } from './interval.ts';

/** A number with its interval. */
export interface Estimate extends Interval {
  value: number;
}

/**
 * Interval of a − b of two independent estimates from the intervals of both, at their level: the distances to the limits
 * added in squares. Of two proportions with Wilson intervals it is Newcombe's hybrid score interval, of two means with
 * normal intervals the usual one.
 * Source: Newcombe (1998), method 10; Zou & Donner (2008), "Construction of confidence limits about effect measures".
 */
export function differenceInterval(a: Estimate, b: Estimate): Interval {
  const difference = a.value - b.value;
  return {
    lower: difference - Math.hypot(a.value - a.lower, b.upper - b.value),
    upper: difference + Math.hypot(a.upper - a.value, b.value - b.lower),
  };
}
