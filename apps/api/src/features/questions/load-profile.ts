import type { BinSet, Profile } from '@plumbline/contracts';
import type { BinSetRecord, ModelRecord, ProfileRow } from '@plumbline/db';
import { mergeProfiles } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import type { Selection } from '../../parse-selection.ts';
import { toColumnarModel } from '../../to-columnar-model.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A selection whose window is known. */
export type WindowSelection = Selection & { fromMs: number; toMs: number };

type Sources = Pick<Deps, 'db' | 'columnar'>;

const isWholeHours = ({ fromMs, toMs }: WindowSelection) => fromMs % hourMs === 0 && toMs % hourMs === 0;

/** Whether stored profiles answer exactly: no filter, whole hours, the active bin set. */
export function isStored(binSet: BinSetRecord, body: BinSet, selection: WindowSelection): boolean {
  return selection.filter === undefined && isWholeHours(selection) && body === binSet.body;
}

/** Stored profiles of a window: of whole UTC days by day unless `grain` asks for hours, of the rest by hour. */
export async function storedProfiles(
  { db }: Sources,
  binSet: BinSetRecord,
  selection: WindowSelection,
  grain: 'hour' | 'day',
): Promise<ProfileRow[]> {
  const { fromMs, toMs, version, environment } = selection;
  const only = { ...(version === undefined ? {} : { version }), environment };
  const read = (of: 'hour' | 'day', from: number, to: number) =>
    from < to ? db.profiles.read(binSet.modelId, binSet.id, of, from, to, only) : Promise.resolve([]);
  const firstDay = Math.ceil(fromMs / dayMs) * dayMs;
  const lastDay = Math.floor(toMs / dayMs) * dayMs;
  if (grain === 'hour' || firstDay >= lastDay) return read('hour', fromMs, toMs);
  const slots = await Promise.all([
    read('hour', fromMs, firstDay),
    read('day', firstDay, lastDay),
    read('hour', lastDay, toMs),
  ]);
  return slots.flat();
}

/** The parts that hold events of a window, with the actuals that came later. */
export function liveParts({ db }: Sources, modelId: string, { fromMs, toMs }: Partial<WindowSelection>) {
  return db.parts.live(modelId, {
    kinds: ['events', 'actuals'],
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  });
}

/** The profile of what is selected, exact either way: merged from stored profiles where they fit, else scanned. */
export async function loadProfile(
  sources: Sources,
  model: ModelRecord,
  binSet: BinSetRecord,
  body: BinSet,
  selection: WindowSelection,
): Promise<Profile> {
  if (isStored(binSet, body, selection)) {
    const rows = await storedProfiles(sources, binSet, selection, 'day');
    return mergeProfiles(rows.map((row) => row.profile));
  }
  const parts = await liveParts(sources, model.id, selection);
  return sources.columnar.profile(toColumnarModel(model), body, parts, selection);
}
