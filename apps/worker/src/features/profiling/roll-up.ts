import type { ProfileRow } from '@plumbline/db';
import { mergeProfiles } from '@plumbline/metrics';

/** Profiles of longer slots from those of shorter ones: one for each slot, version and environment that has any. */
export function rollUp(rows: readonly ProfileRow[], startOf: (ms: number) => number): ProfileRow[] {
  const groups = new Map<string, [ProfileRow, ...ProfileRow[]]>();
  for (const row of rows) {
    const slot = { ...row, start: startOf(row.start) };
    const key = JSON.stringify([slot.start, slot.version, slot.environment]);
    const group = groups.get(key);
    if (group) group.push(slot);
    else groups.set(key, [slot]);
  }
  return [...groups.values()].map((group) => ({
    start: group[0].start,
    version: group[0].version,
    environment: group[0].environment,
    profile: mergeProfiles(group.map((row) => row.profile)),
  }));
}
