import type { Counts } from './counts.ts';
import { pairedProportions } from './paired-proportions.ts';

/**
 * L∞ distance, max|p−q|: the largest change of any single bin's share. Range [0, 1], symmetric.
 * `undefined` when a side is empty.
 */
export function lInfinity(reference: Counts, current: Counts): number | undefined {
  const pair = pairedProportions(reference, current);
  if (!pair) return undefined;
  let largest = 0;
  for (let i = 0; i < pair.p.length; i++) {
    largest = Math.max(largest, Math.abs((pair.p[i] ?? 0) - (pair.q[i] ?? 0)));
  }
  return largest;
}
