import type { Interval } from './interval.ts';
import { z95 } from './z95.ts';

/**
 * Interval of a positive number by its logarithm, value·exp(±z·error/value), 95% by default: never below 0, and closer
 * to its coverage than value ± z·error for sums of squares, whose noise grows with their size. A value of 0 without
 * error is its own interval. `undefined` for a negative value, or anything not finite.
 */
export function logInterval(
  value: number | undefined,
  standardError: number | undefined,
  z = z95,
): Interval | undefined {
  if (value === undefined || standardError === undefined || !(value >= 0) || !(standardError >= 0))
    return undefined;
  if (value === 0) return standardError === 0 ? { lower: 0, upper: 0 } : undefined;
  const factor = Math.exp((z * standardError) / value);
  const upper = value * factor;
  return Number.isFinite(upper) ? { lower: value / factor, upper } : undefined;
}
