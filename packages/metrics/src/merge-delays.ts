import type { DelayProfile, Profile } from '@plumbline/contracts';

/** Delays of the labels of all events of profiles; undefined when a profile with events does not have them. */
export function mergeDelays(profiles: readonly Profile[]): DelayProfile | undefined {
  const parts: DelayProfile[] = [];
  for (const { events, performance } of profiles) {
    if (performance.delays) parts.push(performance.delays);
    else if (events > 0) return undefined;
  }
  if (parts.length === 0) return undefined;
  const merged = new Map<number, number>();
  for (const { bins, counts } of parts) {
    for (const [i, bin] of bins.entries()) merged.set(bin, (merged.get(bin) ?? 0) + (counts[i] ?? 0));
  }
  const rows = [...merged].sort(([a], [b]) => a - b);
  return { bins: rows.map(([bin]) => bin), counts: rows.map(([, count]) => count) };
}
