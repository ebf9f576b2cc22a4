import type { Counts } from './counts.ts';

/** Sum of counts. `undefined` when it is zero or when any entry is negative or not finite. */
export function totalCount(counts: Counts): number | undefined {
  let total = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0;
    if (!(count >= 0)) return undefined;
    total += count;
  }
  return total > 0 && Number.isFinite(total) ? total : undefined;
}
