import type { Filter, Granularity, PerformanceAnswer, Profile, TimeseriesAnswer } from '@plumbline/contracts';
import {
  type EstimatedWindow,
  estimateReport,
  estimateWindows,
  estimationInfo,
  floorToWindow,
  isEstimated,
  type MetricDescriptor,
  mergeLosses,
  mergeProfiles,
  type NoEstimator,
  type PerformanceEstimator,
  performanceEstimator,
  performanceReport,
  type StoredLossEstimator,
  withoutEstimates,
} from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { toColumnarModel } from '../../to-columnar-model.ts';
import {
  dayMs,
  isStored,
  liveParts,
  neededBins,
  neededSections,
  type ProfileNeeds,
  storedProfiles,
} from './load-profile.ts';
import { contextOf, type Question } from './question.ts';
import { learntLosses, withLosses } from './window-losses.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;

function readsActuals(filter: Filter): boolean {
  if ('and' in filter) return filter.and.some(readsActuals);
  if ('or' in filter) return filter.or.some(readsActuals);
  if ('not' in filter) return readsActuals(filter.not);
  return filter.field.startsWith('actual_');
}

/**
 * Made from the reference, whatever the question compares with; of a cohort, from the cohort's part of it, but for what
 * was learnt of losses: that is asked about the cohort's rows.
 */
async function estimatorOf(
  { db, columnar }: Sources,
  { model, binSet, selection: { filter } }: Question,
  learnt: StoredLossEstimator | null,
): Promise<PerformanceEstimator | NoEstimator> {
  const context = contextOf(model);
  if (filter !== undefined && readsActuals(filter))
    return { status: 'not_applicable', reason: 'The filter asks for actuals, which an estimate is without.' };
  if (filter === undefined || !binSet.referenceProfile || learnt)
    return performanceEstimator(context, binSet.referenceProfile, learnt);
  const parts = await db.parts.live(model.id, { kinds: ['reference'] });
  const cohort = await columnar.profile(toColumnarModel(model), { columns: [] }, parts, { filter });
  return performanceEstimator(context, cohort);
}

/** Profiles of the days of a question, in order of time; of columns only where estimates look at them. */
async function dayProfiles(
  sources: Sources,
  { model, binSet, body, selection }: Question,
  isEstimating: boolean,
): Promise<{ startMs: number; profile: Profile }[]> {
  const needs: ProfileNeeds = { ...(isEstimating ? {} : { columns: [] }), withAttributions: false };
  const rows = isStored(binSet, body, selection)
    ? await storedProfiles(sources, model, binSet, selection, 'day', needs)
    : await sources.columnar.profiles(
        toColumnarModel(model),
        neededBins(body, needs),
        await liveParts(sources, model.id, selection),
        { ...selection, ...neededSections(needs), grain: 'day' },
      );
  const days = new Map<number, Profile[]>();
  for (const { start, profile } of rows.toSorted((a, b) => a.start - b.start)) {
    const day = Math.floor(start / dayMs);
    days.set(day, [...(days.get(day) ?? []), profile]);
  }
  return [...days].map(([day, profiles]) => ({ startMs: day * dayMs, profile: mergeProfiles(profiles) }));
}

/** Windows as estimates read them, of one metric or (null) of all. */
async function estimatedWindows(
  sources: Sources,
  question: Question,
  learnt: StoredLossEstimator | null,
  asked: {
    windows: readonly { startMs: number; profile: Profile }[];
    granularity: Granularity;
    metrics: readonly string[] | null;
  },
): Promise<EstimatedWindow[]> {
  const windows = asked.windows.map(({ profile }) => profile);
  if (!learnt || 'status' in learnt) return windows;
  const numbers = new Map(asked.windows.map(({ startMs }, i) => [startMs, i]));
  return withLosses(sources, question, learnt, {
    metrics: asked.metrics ?? learnt.losses.map(({ metric }) => metric),
    windows,
    windowOf: (ms) => numbers.get(floorToWindow(ms, asked.granularity)) ?? -1,
  });
}

/** Realised and estimated performance of a question's window; its days are what the estimates are held against. */
export async function performanceOf(
  sources: Sources,
  question: Question,
): Promise<Omit<PerformanceAnswer, 'window' | 'compared_to'>> {
  const learnt = await learntLosses(sources, question);
  const estimator = await estimatorOf(sources, question, learnt);
  const slots = await dayProfiles(sources, question, 'expect' in estimator);
  const context = contextOf(question.model);
  const asked = { windows: slots, granularity: 'day', metrics: null } as const;
  const days = 'expect' in estimator ? await estimatedWindows(sources, question, learnt, asked) : [];
  const current = mergeProfiles(slots.map(({ profile }) => profile));
  const reference = question.comparison?.profile ?? null;
  const { metrics, ...realised } = performanceReport({ context, current, reference });
  const { estimation, fieldsOf } =
    'expect' in estimator
      ? estimateReport(
          estimator,
          { context, binSet: question.body },
          {
            current: { ...current, ...mergeLosses(days) },
            days,
          },
        )
      : withoutEstimates(context.task, estimator);
  return {
    ...realised,
    estimation,
    metrics: metrics.map((entry) => ({ ...entry, ...fieldsOf(entry.metric) })),
  };
}

type Point = TimeseriesAnswer['points'][number];

/** Estimates beside the points of a metric over `windows`, in order of time; of metrics that are not estimated, nothing. */
export async function pointEstimates(
  sources: Sources,
  question: Question,
  { metric, family }: MetricDescriptor,
  {
    windows,
    granularity,
  }: { windows: readonly { startMs: number; profile: Profile }[]; granularity: Granularity },
): Promise<{ estimation: TimeseriesAnswer['estimation']; fields: Partial<Point>[] }> {
  if (family !== 'performance' || !isEstimated(metric)) return { estimation: null, fields: [] };
  const learnt = await learntLosses(sources, question);
  const estimator = await estimatorOf(sources, question, learnt);
  const info = estimationInfo(question.model.task, estimator, null);
  if (!('expect' in estimator)) return { estimation: { ...info, distrusted: false }, fields: [] };
  const asked = { context: contextOf(question.model), binSet: question.body };
  const estimated = await estimatedWindows(sources, question, learnt, {
    windows,
    granularity,
    metrics: [metric],
  });
  const series = estimateWindows(estimator, asked, estimated)(metric);
  return {
    estimation: { ...info, distrusted: series.isDistrusted },
    fields: series.windows.map(({ value, lower, upper, n, status, bias }) => ({
      estimated: value,
      estimated_lower: lower,
      estimated_upper: upper,
      estimated_n: n,
      estimated_status: status,
      estimated_bias: bias,
    })),
  };
}
