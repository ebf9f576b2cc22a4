import type { ProfileRow } from '@plumbline/db';
import { mergeProfiles } from '@plumbline/metrics';
import { startOfDay } from '../../time.ts';

/** Day profiles from hour profiles: one for each day, version and environment that has any. */
export function rollUpDays(hours: readonly ProfileRow[]): ProfileRow[] {
  const groups = new Map<string, [ProfileRow, ...ProfileRow[]]>();
  for (const row of hours) {
    const day = { ...row, start: startOfDay(row.start) };
    const key = JSON.stringify([day.start, day.version, day.environment]);
    const group = groups.get(key);
    if (group) group.push(day);
    else groups.set(key, [day]);
  }
  return [...groups.values()].map((group) => ({
    start: group[0].start,
    version: group[0].version,
    environment: group[0].environment,
    profile: mergeProfiles(group.map((row) => row.profile)),
  }));
}
