import type { Counts } from './counts.ts';
import { pairedProportions } from './paired-proportions.ts';

/**
 * Total variation distance, ½Σ|p−q|: the share of rows that changed bin. Range [0, 1], symmetric.
 * `undefined` when a side is empty.
 */
export function tvd(reference: Counts, current: Counts): number | undefined {
  const pair = pairedProportions(reference, current);
  if (!pair) return undefined;
  let sum = 0;
  for (let i = 0; i < pair.p.length; i++) sum += Math.abs((pair.p[i] ?? 0) - (pair.q[i] ?? 0));
  return Math.min(1, sum / 2);
}
