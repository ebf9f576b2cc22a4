import type { Interval } from './interval.ts';
import { z95 } from './z95.ts';

/**
 * value ± z standard errors cut to [min, max], 95% by default. `undefined` when either number is not finite or the
 * error is negative.
 */
export function normalInterval(
  value: number | undefined,
  standardError: number | undefined,
  { min = -Infinity, max = Infinity, z = z95 }: { min?: number; max?: number; z?: number } = {},
): Interval | undefined {
  if (value === undefined || standardError === undefined) return undefined;
  if (!Number.isFinite(value) || !(standardError >= 0) || standardError === Infinity) return undefined;
  return { lower: Math.max(min, value - z * standardError), upper: Math.min(max, value + z * standardError) };
}
