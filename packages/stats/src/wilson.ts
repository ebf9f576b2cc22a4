import type { Interval } from './interval.ts';
import { z95 } from './z95.ts';

/**
 * Wilson score interval of a proportion, 95% by default, inside [0, 1].
 * `undefined` when n is not positive or successes lie outside [0, n].
 * Source: Wilson (1927).
 */
export function wilson(successes: number, n: number, z = z95): Interval | undefined {
  if (!(n > 0) || !Number.isFinite(n) || !(successes >= 0 && successes <= n)) return undefined;
  const p = successes / n;
  const square = z * z;
  const scale = 1 / (1 + square / n);
  const centre = (p + square / (2 * n)) * scale;
  const halfWidth = z * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n)) * scale;
  return {
    lower: successes === 0 ? 0 : Math.max(0, centre - halfWidth),
    upper: successes === n ? 1 : Math.min(1, centre + halfWidth),
  };
}
