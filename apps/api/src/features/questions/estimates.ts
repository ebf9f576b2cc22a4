import { toColumnarModel } from '@plumbline/columnar';
import type { Filter, Granularity, PerformanceAnswer, Profile, TimeseriesAnswer } from '@plumbline/contracts';
import {
  type EstimateReport,
  estimateReport,
  estimateWindows,
  estimationInfo,
  isEstimated,
  type MetricDescriptor,
  mergeProfiles,
  type NoEstimator,
  type PerformanceEstimator,
  performanceEstimator,
  performanceReport,
  type StoredLossEstimator,
  type WindowProfile,
  withoutEstimates,
} from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { estimatedWindows, learntLosses } from './estimated-windows.ts';
import { liveParts } from './live-parts.ts';
import { neededBins, neededSections, type ProfileNeeds } from './profile-needs.ts';
import { contextOf, type Question } from './question.ts';
import { storedProfiles } from './stored-profiles.ts';
import { dayMs, isStored } from './window-selection.ts';

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
): Promise<WindowProfile[]> {
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
  return [...days].map(([day, profiles]) => ({
    startMs: day * dayMs,
    endMs: (day + 1) * dayMs,
    profile: mergeProfiles(profiles),
  }));
}

interface Estimating {
  estimator: PerformanceEstimator | NoEstimator;
  learnt: StoredLossEstimator | null;
  days: readonly WindowProfile[];
  current: Profile;
}

async function reportOf(
  sources: Sources,
  question: Question,
  { estimator, learnt, days, current }: Estimating,
): Promise<EstimateReport> {
  const context = contextOf(question.model);
  if (!('expect' in estimator)) return withoutEstimates(context.task, estimator);
  const asked = { windows: days, granularity: 'day', metrics: null } as const;
  const { windows, whole } = await estimatedWindows(sources, question, learnt, asked);
  const observed = { current: whole(current), days: windows };
  return estimateReport(estimator, { context, binSet: question.body }, observed);
}

/** Realised and estimated performance of a question's window; its days are what the estimates are held against. */
export async function performanceOf(
  sources: Sources,
  question: Question,
): Promise<Omit<PerformanceAnswer, 'window' | 'compared_to'>> {
  const learnt = await learntLosses(sources, question);
  const estimator = await estimatorOf(sources, question, learnt);
  const days = await dayProfiles(sources, question, 'expect' in estimator);
  const context = contextOf(question.model);
  const current = mergeProfiles(days.map(({ profile }) => profile));
  const reference = question.comparison?.profile ?? null;
  const { metrics, ...realised } = performanceReport({ context, current, reference });
  const { estimation, fieldsOf } = await reportOf(sources, question, { estimator, learnt, days, current });
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
  { windows, granularity }: { windows: readonly WindowProfile[]; granularity: Granularity },
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
  const series = estimateWindows(estimator, asked, estimated.windows)(metric);
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
