import { toColumnarModel } from '@plumbline/columnar';
import {
  columnName,
  type Granularity,
  Problem,
  type Profile,
  type Score,
  type TimeseriesAnswer,
} from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import {
  emptyProfile,
  findMetric,
  floorToWindow,
  isEstimated,
  listWindows,
  type MetricDescriptor,
  mergeProfiles,
  metricNeeds,
  scoreMetric,
  withAges,
  withIntake,
} from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { badQuery } from '../../page.ts';
import { readCompared } from '../../read-compared.ts';
import { timeText } from '../../time-text.ts';
import { asOfText } from './as-of.ts';
import { pointEstimates } from './estimates.ts';
import { findColumn } from './find-column.ts';
import { labelMaturity } from './label-maturity.ts';
import { liveParts } from './live-parts.ts';
import { neededBins, neededSections, type ProfileNeeds } from './profile-needs.ts';
import { contextOf, hasColumn, type Question, windowText } from './question.ts';
import { storedProfiles } from './stored-profiles.ts';
import { dayMs, isStored, type WindowSelection } from './window-selection.ts';
import { windowThresholds } from './window-thresholds.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;

function defaultGranularity({ fromMs, toMs }: WindowSelection): Granularity {
  const days = (toMs - fromMs) / dayMs;
  if (days <= 3) return 'hour';
  return days <= 400 ? 'day' : 'week';
}

/** The metric and the column it is asked of. @throws Problem 422 */
export function metricOf(
  model: ModelRecord,
  metric: string,
  column: string | undefined,
): { descriptor: MetricDescriptor; key: string } {
  const descriptor = findMetric(metric);
  if (!descriptor) throw badQuery('metric', 'not in GET /v1/metrics');
  if (descriptor.column_kinds && column === undefined) throw badQuery('column', `${metric} needs a column`);
  const key = descriptor.column_kinds && column !== undefined ? findColumn(model, column).key : '';
  return { descriptor, key };
}

/** What of its profiles a question about a metric reads; estimates look at all columns. */
export function seriesNeeds({ descriptor, key }: ReturnType<typeof metricOf>): ProfileNeeds {
  const { columns, performance, attributions } = metricNeeds(descriptor);
  const readsAllColumns = columns === 'all' || isEstimated(descriptor.metric);
  return {
    ...(readsAllColumns ? {} : { columns: columns === 'own' ? [key] : [] }),
    withPerformance: performance,
    withAttributions: attributions,
  };
}

/** Profiles by the start of their window; a window without events has none. */
async function profilesByWindow(
  sources: Sources,
  { model, binSet, body, selection, needs }: Question,
  granularity: Granularity,
): Promise<Map<number, Profile>> {
  const slots = isStored(binSet, body, selection)
    ? await storedProfiles(sources, model, binSet, selection, granularity === 'hour' ? 'hour' : 'day', needs)
    : await sources.columnar.profiles(
        toColumnarModel(model),
        neededBins(body, needs),
        await liveParts(sources, model.id, selection),
        { ...selection, ...neededSections(needs), grain: granularity },
      );
  const groups = new Map<number, Profile[]>();
  for (const { start, profile } of slots) {
    const window = floorToWindow(start, granularity);
    const group = groups.get(window);
    if (group) group.push(profile);
    else groups.set(window, [profile]);
  }
  return new Map([...groups].map(([start, profiles]) => [start, mergeProfiles(profiles)]));
}

/** Scores of windows that were compared on all columns together, by their start; none of versions, cohorts or the past. */
async function comparedScores(
  { db }: Sources,
  { model, binSet, selection, comparison }: Question,
  descriptor: MetricDescriptor,
  granularity: Granularity,
): Promise<Map<number, Score>> {
  const { fromMs, toMs, environment = 'production', version, filter, asOf } = selection;
  const isOther = version !== undefined || filter !== undefined || asOf !== undefined;
  if (!descriptor.readsComparison || isOther || comparison?.profile !== binSet.referenceProfile)
    return new Map();
  const asked = { descriptor, granularity, environment, fromMs, toMs };
  const scored = await readCompared(db, model, binSet, asked);
  return new Map(scored.map(({ startMs, score }) => [startMs, score]));
}

/** One point a window; one without events has volume 0 and no other value, nor has a column no event carries. @throws Problem 422 for more windows than a chart shows */
export async function timeseries(
  sources: Sources,
  question: Question,
  asked: ReturnType<typeof metricOf>,
  wanted: Granularity | undefined,
): Promise<TimeseriesAnswer> {
  const { selection, comparison, body, model } = question;
  const granularity = wanted ?? defaultGranularity(selection);
  const windows = listWindows(selection.fromMs, selection.toMs, granularity);
  if (!windows) {
    throw new Problem('too-many-buckets', { detail: 'Ask for a shorter range or a coarser granularity.' });
  }
  const [profiles, thresholdsOf] = await Promise.all([
    profilesByWindow(sources, question, granularity),
    windowThresholds(sources, question, asked, granularity),
  ]);
  const nothing = emptyProfile(body);
  const isOfAll = selection.version === undefined && selection.filter === undefined;
  const received =
    asked.descriptor.readsIntake && isOfAll
      ? await sources.db.intake.hours(model.id, selection.fromMs, selection.toMs)
      : null;
  const found = windows.map((window) => ({ ...window, profile: profiles.get(window.startMs) ?? nothing }));
  const aged = withAges(found, Date.now());
  const ofWindows = aged.map(({ profile }) => profile);
  const { estimation, fields } = await pointEstimates(sources, question, asked.descriptor, {
    windows: aged,
    granularity,
  });
  const nowMs = selection.asOf?.receivedMs ?? Date.now();
  const maturity = await labelMaturity(sources, question, asked.descriptor, { windows: aged, nowMs });
  const suite = asked.descriptor.readsExpectations ? await sources.db.expectations.current(model.id) : null;
  const isCarried = asked.key === '' || hasColumn(body, asked.key);
  const compared = await comparedScores(sources, question, asked.descriptor, granularity);
  const points = windows.map((window, i) => {
    const { startMs } = window;
    const profile = ofWindows[i] ?? nothing;
    const current = received ? withIntake(profile, received, window) : profile;
    const base = { window_start: timeText(startMs), ...thresholdsOf(startMs) };
    if (!isCarried) return { ...base, value: null, lower: null, upper: null, n: 0, status: 'empty' as const };
    const score =
      compared.get(startMs) ??
      scoreMetric({
        descriptor: asked.descriptor,
        columnKey: asked.key === '' ? null : asked.key,
        binSet: body,
        context: { ...contextOf(model), ...(suite ? { expectations: suite.expectations } : {}) },
        current,
        reference: comparison?.profile ?? null,
      });
    const { value, lower = null, upper = null, n, status } = score;
    return { ...base, value, lower, upper, n, status, ...maturity[i], ...fields[i] };
  });
  return {
    metric: asked.descriptor.metric,
    column: asked.key === '' ? null : columnName(asked.key),
    granularity,
    window: windowText(selection),
    ...asOfText(selection),
    estimation,
    points,
  };
}
