import type { Estimate } from './difference-interval.ts';
import type { Interval } from './interval.ts';

/**
 * Interval of a ÷ b of two independent estimates that are not negative, from the intervals of both, at their level.
 * The upper limit is Infinity when b may be 0. `undefined` when b is 0 or a limit is negative.
 * Source: Donner & Zou (2012), "Closed-form confidence intervals for functions of the normal mean and standard
 * deviation"; Newcombe (2016), "MOVER-R confidence intervals for ratios and products of two independently estimated
 * quantities".
 */
export function ratioInterval(a: Estimate, b: Estimate): Interval | undefined {
  if (!(b.value > 0) || !(a.lower >= 0) || !(b.lower >= 0)) return undefined;
  const product = a.value * b.value;
  const numerator = (limit: number) => limit * (2 * a.value - limit);
  const denominator = (limit: number) => limit * (2 * b.value - limit);
  const root = (x: number, y: number) => Math.sqrt(Math.max(0, product ** 2 - x * y));
  const least = numerator(a.lower);
  const divisor = denominator(b.lower);
  return {
    lower: a.lower > 0 ? least / (product + root(least, denominator(b.upper))) : 0,
    upper: divisor > 0 ? (product + root(numerator(a.upper), divisor)) / divisor : Infinity,
  };
}
