import type { AttributionProfile, Profile } from '@plumbline/contracts';
import { neumaierSum } from '@plumbline/stats';

/** The attributions of all events of profiles; undefined when none carries any. */
export function mergeAttributions(
  profiles: readonly Pick<Profile, 'attributions'>[],
): AttributionProfile | undefined {
  const parts = profiles.flatMap(({ attributions }) => attributions ?? []);
  if (parts.length === 0) return undefined;
  const names = new Set(parts.flatMap(({ sums }) => Object.keys(sums)));
  const sumOf = (name: string) => neumaierSum(parts.map(({ sums }) => sums[name] ?? 0)) ?? 0;
  return {
    n: parts.reduce((total, { n }) => total + n, 0),
    sums: Object.fromEntries([...names].sort().map((name) => [name, sumOf(name)])),
  };
}
