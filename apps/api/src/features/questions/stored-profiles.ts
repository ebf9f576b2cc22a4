import { toColumnarModel } from '@plumbline/columnar';
import type { BinSetRecord, Grain, ModelRecord, ProfileRow } from '@plumbline/db';
import { startOfMonth } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { liveParts } from './live-parts.ts';
import { neededBins, neededSections, type ProfileNeeds } from './profile-needs.ts';
import { dayMs, hourMs, type WindowSelection } from './window-selection.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;

/** More hours than eleven years have. */
const everyStaleHour = 100_000;

/** Hours (start, ms) whose stored profiles are behind the parts, ascending. */
export async function staleHours({ db }: Pick<Sources, 'db'>, modelId: string): Promise<number[]> {
  const stale = await db.profiles.staleHours(modelId, everyStaleHour);
  return stale.filter(({ profiled }) => !profiled).map(({ start }) => start);
}

/**
 * Profiles of a window in slots of at most `grain`, the longest that are stored: whole UTC months, whole days, hours. What the
 * worker has not profiled yet is scanned: an answer never lags behind the events that count as mirrored.
 */
export async function storedProfiles(
  sources: Sources,
  model: ModelRecord,
  binSet: BinSetRecord,
  selection: WindowSelection,
  grain: Grain,
  needs: ProfileNeeds = {},
): Promise<ProfileRow[]> {
  // Read before the profiles: an hour that is caught up in between is scanned and counts once all the same.
  const stale = (await staleHours(sources, model.id)).filter(
    (hour) => hour >= selection.fromMs && hour < selection.toMs,
  );
  const isStaleHour = new Set(stale);
  const isStaleDay = new Set(stale.map(dayOf));
  const months = grain === 'month' ? await monthProfiles(sources, binSet, selection, { stale, needs }) : [];
  const days = grain === 'hour' ? [] : await dayProfiles(sources, binSet, selection, { months, needs });
  const hours = await hourProfiles(sources, binSet, selection, { staleDays: [...isStaleDay], grain, needs });
  return [
    ...months,
    ...days.filter(({ start }) => !isStaleDay.has(start)),
    ...hours.filter(({ start }) => !isStaleHour.has(start)),
    ...(stale.length > 0 ? await scanHours(sources, model, binSet, selection, { hours: stale, needs }) : []),
  ];
}

const dayOf = (ms: number) => Math.floor(ms / dayMs) * dayMs;

/** The whole UTC days inside a window; empty (to ≤ from) when there is none. */
function wholeDays({ fromMs, toMs }: WindowSelection): { fromMs: number; toMs: number } {
  return { fromMs: Math.ceil(fromMs / dayMs) * dayMs, toMs: dayOf(toMs) };
}

function readProfiles(
  { db }: Sources,
  binSet: BinSetRecord,
  { version, environment }: WindowSelection,
  grain: Grain,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  { columns, withPerformance = true, withAttributions = true }: ProfileNeeds,
): Promise<ProfileRow[]> {
  if (fromMs >= toMs) return Promise.resolve([]);
  const only = {
    ...(version === undefined ? {} : { version }),
    environment,
    ...(columns ? { columns } : {}),
    without: [
      ...(withPerformance ? [] : (['performance'] as const)),
      ...(withAttributions ? [] : (['attributions'] as const)),
    ],
  };
  return db.profiles.read(binSet.modelId, binSet.id, grain, fromMs, toMs, only);
}

/** Profiles of the whole UTC months inside a window that have one, unless an hour of them is stale. */
async function monthProfiles(
  sources: Sources,
  binSet: BinSetRecord,
  selection: WindowSelection,
  { stale, needs }: { stale: number[]; needs: ProfileNeeds },
): Promise<ProfileRow[]> {
  const { fromMs, toMs } = selection;
  const isStaleMonth = new Set(stale.map((hour) => startOfMonth(hour)));
  const whole = {
    fromMs: startOfMonth(fromMs) === fromMs ? fromMs : startOfMonth(fromMs, 1),
    toMs: startOfMonth(toMs),
  };
  const rows = await readProfiles(sources, binSet, selection, 'month', whole, needs);
  return rows.filter(({ start }) => !isStaleMonth.has(start));
}

/** Profiles of the whole days inside a window that are in none of `months`. */
async function dayProfiles(
  sources: Sources,
  binSet: BinSetRecord,
  selection: WindowSelection,
  { months, needs }: { months: ProfileRow[]; needs: ProfileNeeds },
): Promise<ProfileRow[]> {
  const whole = wholeDays(selection);
  const starts = [...new Set(months.map(({ start }) => start))].sort((a, b) => a - b);
  const gaps = [whole.fromMs, ...starts.map((start) => startOfMonth(start, 1))].map((fromMs, i) => ({
    fromMs,
    toMs: starts[i] ?? whole.toMs,
  }));
  const read = gaps.map((gap) => readProfiles(sources, binSet, selection, 'day', gap, needs));
  return (await Promise.all(read)).flat();
}

/** Hour profiles of the window's edges and of the days that need hours; of all hours when asked by hour. */
async function hourProfiles(
  sources: Sources,
  binSet: BinSetRecord,
  selection: WindowSelection,
  { staleDays, grain, needs }: { staleDays: number[]; grain: Grain; needs: ProfileNeeds },
): Promise<ProfileRow[]> {
  const { fromMs, toMs } = selection;
  const whole = wholeDays(selection);
  const read = (range: { fromMs: number; toMs: number }) =>
    readProfiles(sources, binSet, selection, 'hour', range, needs);
  if (grain === 'hour' || whole.fromMs >= whole.toMs) return read({ fromMs, toMs });
  const inside = staleDays.filter((day) => day >= whole.fromMs && day < whole.toMs);
  const rows = await Promise.all([
    read({ fromMs, toMs: whole.fromMs }),
    ...inside.map((day) => read({ fromMs: day, toMs: day + dayMs })),
    read({ fromMs: whole.toMs, toMs }),
  ]);
  return rows.flat();
}

async function scanHours(
  sources: Sources,
  model: ModelRecord,
  binSet: BinSetRecord,
  { version, environment }: WindowSelection,
  { hours, needs }: { hours: number[]; needs: ProfileNeeds },
): Promise<ProfileRow[]> {
  const range = { fromMs: hours[0] ?? 0, toMs: (hours.at(-1) ?? 0) + hourMs };
  const parts = await liveParts(sources, model.id, range);
  return sources.columnar.profiles(toColumnarModel(model), neededBins(binSet.body, needs), parts, {
    ...neededSections(needs),
    ...(version === undefined ? {} : { version }),
    environment,
    grain: 'hour',
    hours,
  });
}
