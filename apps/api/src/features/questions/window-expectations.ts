import { columnName, type ExpectationReport, type Profile, type QualityAnswer } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { type ExpectationEvidence, judgeExpectations, mergeProfiles } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { readProposal } from '../../read-proposal.ts';
import { currentProfile, type Question } from './question.ts';
import { storedProfiles } from './stored-profiles.ts';
import { dayMs, isStored } from './window-selection.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;
type Days = NonNullable<ExpectationEvidence['days']>;

/** Rows of the whole UTC days of a window that are over; a day without rows has 0. */
function wholeDays(
  rows: readonly { start: number; profile: Profile }[],
  { fromMs, toMs }: Question['selection'],
  nowMs: number,
): Days {
  const events = new Map<number, number>();
  for (const { start, profile } of rows) {
    const day = Math.floor(start / dayMs) * dayMs;
    events.set(day, (events.get(day) ?? 0) + profile.events);
  }
  const first = Math.ceil(fromMs / dayMs) * dayMs;
  const count = Math.max(0, Math.floor((Math.min(toMs, nowMs) - first) / dayMs));
  return Array.from({ length: count }, (_, i) => {
    const startMs = first + i * dayMs;
    return { startMs, events: events.get(startMs) ?? 0 };
  });
}

/** The profile of a question and, where stored profiles answer it, the rows of its days. */
export async function profileWithDays(
  sources: Sources,
  question: Question,
  nowMs: number,
): Promise<{ current: Profile; days: Days | null }> {
  const { model, binSet, body, selection, needs } = question;
  if (!isStored(binSet, body, selection))
    return { current: await currentProfile(sources, question), days: null };
  const rows = await storedProfiles(sources, model, binSet, selection, 'day', needs);
  return {
    current: mergeProfiles(rows.map(({ profile }) => profile)),
    days: wholeDays(rows, selection, nowMs),
  };
}

/** What rows of the window were refused for: of all versions, so it tells of no cohort. */
async function receivedIn({ db }: Sources, model: ModelRecord, intake: QualityAnswer['intake']) {
  const mistyped = await db.intake.mistyped(model.id, Date.parse(intake.from), Date.parse(intake.to));
  return {
    rows: intake.accepted + intake.rejected,
    mistyped: new Map([...mistyped].map(([name, rows]) => [columnName(`features.${name}`), rows])),
  };
}

/** Names of the columns whose values are shown to nobody. */
export const sensitiveColumns = (model: ModelRecord): ReadonlySet<string> =>
  new Set(
    model.features.flatMap(({ name, sensitive }) => (sensitive ? [columnName(`features.${name}`)] : [])),
  );

const isScalar = ({ kind }: { kind: string }) => kind !== 'text' && kind !== 'embedding';

/**
 * The expectations of a model over one window: of the newest version or, without one, what the reference suggests; null
 * without either. Volume, freshness and refusals are those of all events and stay unknown of a cohort.
 */
export async function windowExpectations(
  sources: Sources,
  question: Question,
  {
    current,
    days,
    intake,
    arrival,
  }: { current: Profile; days: Days | null } & Pick<QualityAnswer, 'intake' | 'arrival'>,
): Promise<ExpectationReport | null> {
  const { model, body, selection } = question;
  const suite = await sources.db.expectations.current(model.id);
  const proposal = suite ? null : await readProposal(sources, model);
  const expectations = suite?.expectations.map(({ expectation }) => expectation) ?? proposal?.expectations;
  if (!expectations) return null;
  const { filter, version, environment } = selection;
  const isOfAll = filter === undefined && version === undefined && environment === 'production';
  const report = judgeExpectations(expectations, {
    binSet: body,
    current,
    sensitive: sensitiveColumns(model),
    features: model.features
      .filter((feature) => isScalar(feature) && !feature.declared)
      .map(({ name }) => columnName(`features.${name}`)),
    ...(isOfAll && days ? { days } : {}),
    ...(isOfAll && arrival.freshness ? { ageMs: arrival.freshness.age_seconds * 1000 } : {}),
    ...(isOfAll ? { received: await receivedIn(sources, model, intake) } : {}),
  });
  return { version: suite?.version ?? null, ...report };
}
