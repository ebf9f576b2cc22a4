import type { Interval } from './interval.ts';
import { z95 } from './z95.ts';

/**
 * Interval of a number inside (0, 1) by its logit, 95% by default: stays inside, and widens on the side that is further
 * from its border. A value of 0 or 1 has none.
 * Source: Boyd, Eng & Page (2013), "Area under the precision-recall curve: point estimates and confidence intervals".
 */
export function logitInterval(
  value: number | undefined,
  standardError: number | undefined,
  z = z95,
): Interval | undefined {
  if (value === undefined || standardError === undefined) return undefined;
  if (!(value > 0 && value < 1) || !(standardError >= 0) || standardError === Infinity) return undefined;
  const centre = Math.log(value / (1 - value));
  const reach = (z * standardError) / (value * (1 - value));
  const carry = (logit: number) => 1 / (1 + Math.exp(-logit));
  return { lower: carry(centre - reach), upper: carry(centre + reach) };
}
