import type { Counts } from './counts.ts';
import { pairedProportions } from './paired-proportions.ts';

/**
 * Hellinger distance, √(½Σ(√p−√q)²). Range [0, 1], symmetric, a metric. No smoothing.
 * `undefined` when a side is empty.
 */
export function hellinger(reference: Counts, current: Counts): number | undefined {
  const pair = pairedProportions(reference, current);
  if (!pair) return undefined;
  let sum = 0;
  for (let i = 0; i < pair.p.length; i++) {
    sum += (Math.sqrt(pair.p[i] ?? 0) - Math.sqrt(pair.q[i] ?? 0)) ** 2;
  }
  return Math.min(1, Math.sqrt(sum / 2));
}
