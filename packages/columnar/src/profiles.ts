import type { BinSet, ColumnProfile, Profile, SlottedProfile } from '@plumbline/contracts';
import { attributionProfiles } from './attribution-profiles.ts';
import { columnProfiles, emptyProfile } from './column-profiles.ts';
import { emptyPerformance } from './empty-performance.ts';
import type { PartScan } from './event-relation.ts';
import { performanceProfiles, slotKey } from './performance-profiles.ts';
import type { ProfileScope } from './slotted-events.ts';

/** Profiles of every slot of the scope that holds events, ordered by (start, version, environment). */
export async function slottedProfiles(
  scan: PartScan,
  binSet: BinSet,
  scope: ProfileScope,
): Promise<SlottedProfile[]> {
  if (scope.hours?.length === 0) return [];
  const slots = await performanceProfiles(scan, scope);
  if (slots.length === 0) return [];
  const columns = await columnProfiles(scan, scope, binSet.columns);
  const attributions = scope.withAttributions ? await attributionProfiles(scan, scope) : null;
  return slots.map(({ start, version, environment, events, newestMs, performance }) => {
    const key = slotKey(start, version, environment);
    const profiled = binSet.columns.map((column, i): [string, ColumnProfile] => {
      const profile = columns[i]?.get(key) ?? emptyProfile(column);
      return [column.column, { ...profile, missing: events - profile.n }];
    });
    const explained = attributions?.get(key);
    return {
      start,
      version,
      environment,
      profile: {
        events,
        newestMs,
        columns: Object.fromEntries(profiled),
        performance,
        ...(explained ? { attributions: explained } : {}),
      },
    };
  });
}

/** One profile of everything the scope selects; of no events when it selects none. */
export async function wholeProfile(scan: PartScan, binSet: BinSet, scope: ProfileScope): Promise<Profile> {
  const [whole] = await slottedProfiles(scan, binSet, scope);
  if (whole) return whole.profile;
  const columns = binSet.columns.map((column): [string, ColumnProfile] => [
    column.column,
    { ...emptyProfile(column), missing: 0 },
  ]);
  return { events: 0, columns: Object.fromEntries(columns), performance: emptyPerformance(scan.model) };
}
