import { toColumnarModel } from '@plumbline/columnar';
import type { BinSet, CommonQuery, ComparedSide, Profile } from '@plumbline/contracts';
import type { BinSetRecord, ModelRecord } from '@plumbline/db';
import { comparedWindow } from '../../compared-window.ts';
import type { Deps } from '../../deps.ts';
import { parseSelection } from '../../parse-selection.ts';
import { timeText } from '../../time-text.ts';
import { knownAsOf } from './as-of.ts';
import { liveParts } from './live-parts.ts';
import { loadProfile } from './load-profile.ts';
import { neededBins, neededSections, type ProfileNeeds } from './profile-needs.ts';
import { staleHours } from './stored-profiles.ts';
import { hourMs, type WindowSelection } from './window-selection.ts';

/** What is compared with what, on which bins. */
export interface Question {
  model: ModelRecord;
  binSet: BinSetRecord;
  /** The active bin set's, or bins made for this question when the model has no reference. */
  body: BinSet;
  selection: WindowSelection;
  comparison: Comparison | null;
  /** What is read of the profiles of both sides. */
  needs: ProfileNeeds;
}

/** The other side of a comparison. */
interface Comparison {
  profile: Profile;
  kind: string;
  fromMs: number | null;
  toMs: number | null;
}

/** Bins a question cannot do without: of one column (its key), or of whatever columns there are. */
interface BinsNeeded {
  column: string | null;
}

type Sources = Pick<Deps, 'db' | 'columnar'>;

/** The default window: all the model's events, in whole hours; the last day when there are none. */
async function wholeExtent({ db }: Sources, binSet: BinSetRecord): Promise<{ fromMs: number; toMs: number }> {
  const stale = await staleHours({ db }, binSet.modelId);
  const extent = await db.profiles.extent(binSet.modelId, binSet.id);
  const hours = [...(extent ? [extent.minMs, extent.maxMs] : []), ...stale.slice(0, 1), ...stale.slice(-1)];
  if (hours.length > 0) return { fromMs: Math.min(...hours), toMs: Math.max(...hours) + hourMs };
  const toMs = Math.ceil(Date.now() / hourMs) * hourMs;
  return { fromMs: toMs - 24 * hourMs, toMs };
}

async function windowOf(
  sources: Sources,
  binSet: BinSetRecord,
  query: CommonQuery,
): Promise<WindowSelection> {
  const { fromMs, toMs, ...rest } = parseSelection(query);
  if (fromMs !== undefined && toMs !== undefined) return { ...rest, fromMs, toMs };
  const extent = await wholeExtent(sources, binSet);
  const from = fromMs ?? Math.min(extent.fromMs, (toMs ?? Number.POSITIVE_INFINITY) - hourMs);
  const to = toMs ?? Math.max(extent.toMs, from + hourMs);
  return { ...rest, fromMs: from, toMs: to };
}

async function referenceProfile(
  { db, columnar }: Sources,
  model: ModelRecord,
  binSet: BinSetRecord,
  { filter }: WindowSelection,
  needs: ProfileNeeds,
): Promise<Profile | null> {
  if (!binSet.referenceProfile || filter === undefined) return binSet.referenceProfile;
  const parts = await db.parts.live(model.id, { kinds: ['reference'] });
  const sections = neededSections(needs);
  return columnar.profile(toColumnarModel(model), neededBins(binSet.body, needs), parts, {
    filter,
    ...sections,
  });
}

/** The bin set's body, and what it lacks of `wanted` as the parts of a window show it; a column without values stays out. */
async function binsFor(
  sources: Sources,
  model: ModelRecord,
  { body }: BinSetRecord,
  window: WindowSelection,
  { column: wanted }: BinsNeeded,
): Promise<BinSet> {
  const isMissing = body.columns.length === 0 || (wanted !== null && !hasColumn(body, wanted));
  const parts = isMissing ? await liveParts(sources, model.id, window) : [];
  if (parts.length === 0) return body;
  const columnarModel = toColumnarModel(model);
  if (body.columns.length === 0) return sources.columnar.buildBinSet(columnarModel, parts);
  const features = columnarModel.features.filter(({ name }) => `features.${name}` === wanted);
  const found = await sources.columnar.buildBinSet({ ...columnarModel, features }, parts);
  const added = found.columns.filter(({ column }) => column === wanted);
  return added.length === 0 ? body : { columns: [...body.columns, ...added] };
}

export const hasColumn = ({ columns }: BinSet, key: string) => columns.some(({ column }) => column === key);

/**
 * Resolves the common query parameters. A filter holds for both sides of the comparison. Bins the reference does not
 * give are made from the compared window, or from the question's own.
 */
export async function askQuestion(
  sources: Sources,
  model: ModelRecord,
  query: CommonQuery & { as_of?: string | undefined },
  needed: BinsNeeded | null,
  needs: ProfileNeeds = {},
): Promise<Question> {
  const binSet = await sources.db.profiles.binSet(model.id);
  const window = await windowOf(sources, binSet, query);
  const selection = await knownAsOf(sources, model.id, window, query.as_of);
  const text = query.compare_to ?? 'reference';
  const other = text === 'reference' ? null : { ...selection, ...comparedWindow(text, selection) };
  const body =
    needed === null ? binSet.body : await binsFor(sources, model, binSet, other ?? selection, needed);
  if (other) {
    const profile = await loadProfile(sources, model, binSet, body, other, needs);
    const kind = text === 'previous_period' ? text : 'range';
    return {
      model,
      binSet,
      body,
      selection,
      comparison: { profile, kind, fromMs: other.fromMs, toMs: other.toMs },
      needs,
    };
  }
  const profile = await referenceProfile(sources, model, binSet, selection, needs);
  const { reference } = binSet;
  const comparison = profile && {
    profile,
    kind: reference?.source ?? 'upload',
    fromMs: reference?.minMs ?? null,
    toMs: reference?.maxMs ?? null,
  };
  return { model, binSet, body, selection, comparison, needs };
}

export const currentProfile = (sources: Sources, { model, binSet, body, selection, needs }: Question) =>
  loadProfile(sources, model, binSet, body, selection, needs);

/** The other side of a comparison, as answers name it. */
export const comparedSide = ({ comparison }: Question): ComparedSide | null =>
  comparison && {
    kind: comparison.kind,
    from: timeText(comparison.fromMs),
    to: timeText(comparison.toMs),
    n_events: comparison.profile.events,
    n_labelled: comparison.profile.performance.labelled,
  };

export const windowText = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => ({
  from: timeText(fromMs),
  to: timeText(toMs),
});

export const contextOf = ({ task, positiveLabel }: ModelRecord) => ({ task, positiveLabel });
