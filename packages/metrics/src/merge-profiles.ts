import type { ColumnProfile, Profile } from '@plumbline/contracts';
import { mergeMoments, neumaierSum } from '@plumbline/stats';
import { mergeAttributions } from './merge-attributions.ts';
import { mergeClasses } from './merge-classes.ts';
import { mergeDelays } from './merge-delays.ts';
import { mergePerformance } from './merge-performance.ts';
import { mergePredictions } from './merge-predictions.ts';

const unseenKept = 10;

/**
 * The profile of all events of profiles on the same bin set, as if they had been profiled together: counts are
 * exact, sums compensated, moments merged by Chan's formula. Only the list of unseen values can fall short:
 * a value outside the top 10 of every part is not known, so its counts are lower bounds.
 *
 * No profiles give no events and no columns. Throws RangeError when two profiles disagree on a column's bins.
 */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const [only] = profiles;
  if (only && profiles.length === 1) return only;
  const parts = new Map<string, ColumnProfile[]>();
  for (const profile of profiles) {
    for (const [column, part] of Object.entries(profile.columns)) {
      const known = parts.get(column);
      if (known) known.push(part);
      else parts.set(column, [part]);
    }
  }
  const performance = mergePerformance(profiles.map((profile) => profile.performance));
  const predictions = mergePredictions(profiles);
  const classes = mergeClasses(profiles);
  const attributions = mergeAttributions(profiles);
  const delays = mergeDelays(profiles);
  const newestMs = newestOf(profiles);
  return {
    events: profiles.reduce((sum, { events }) => sum + events, 0),
    ...(newestMs === undefined ? {} : { newestMs }),
    columns: Object.fromEntries([...parts].map(([column, columns]) => [column, mergeColumns(columns)])),
    performance: {
      ...performance,
      ...(delays ? { delays } : {}),
      ...(predictions ? { predictions } : {}),
      ...(classes ? { classes } : {}),
    },
    ...(attributions ? { attributions } : {}),
  };
}

function newestOf(profiles: readonly Profile[]): number | undefined {
  const filled = profiles.filter(({ events }) => events > 0);
  if (filled.length === 0 || filled.some((profile) => profile.newestMs === undefined)) return undefined;
  return filled.reduce(
    (newest, { newestMs = newest }) => Math.max(newest, newestMs),
    Number.NEGATIVE_INFINITY,
  );
}

function mergeColumns(parts: ColumnProfile[]): ColumnProfile {
  const length = parts[0]?.counts.length ?? 0;
  const counts = new Array<number>(length).fill(0);
  let n = 0;
  let missing = 0;
  for (const part of parts) {
    if (part.counts.length !== length)
      throw new RangeError('profiles of different bin sets cannot be merged');
    n += part.n;
    missing += part.missing;
    for (let i = 0; i < length; i++) counts[i] = (counts[i] ?? 0) + (part.counts[i] ?? 0);
  }
  const merged: ColumnProfile = { n, missing, counts };
  if (parts.some(({ sums }) => sums)) {
    merged.sums = counts.map((_, i) => neumaierSum(parts.map(({ sums }) => sums?.[i] ?? 0)) ?? 0);
  }
  if (parts.some(({ unseen }) => unseen)) merged.unseen = mergeUnseen(parts);
  return { ...merged, ...mergeExtent(parts) };
}

function mergeExtent(parts: ColumnProfile[]): Pick<ColumnProfile, 'mean' | 'm2' | 'min' | 'max'> {
  let moments = { n: 0, mean: 0, m2: 0 };
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const part of parts) {
    if (part.n === 0) continue;
    if (part.mean !== undefined && part.m2 !== undefined) {
      moments = mergeMoments(moments, { n: part.n, mean: part.mean, m2: part.m2 });
    }
    min = Math.min(min, part.min ?? min);
    max = Math.max(max, part.max ?? max);
  }
  return {
    ...(moments.n > 0 ? { mean: moments.mean, m2: moments.m2 } : {}),
    ...(min <= max ? { min, max } : {}),
  };
}

function mergeUnseen(parts: ColumnProfile[]): { value: string; count: number }[] {
  const totals = new Map<string, number>();
  for (const { value, count } of parts.flatMap(({ unseen }) => unseen ?? [])) {
    totals.set(value, (totals.get(value) ?? 0) + count);
  }
  return [...totals]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, unseenKept);
}
