import type { Filter, PerformanceAnswer, Profile, TimeseriesAnswer } from '@plumbline/contracts';
import {
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
  withoutEstimates,
} from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { toColumnarModel } from '../../to-columnar-model.ts';
import { dayMs, isStored, liveParts, storedProfiles } from './load-profile.ts';
import { contextOf, type Question } from './question.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;

function readsActuals(filter: Filter): boolean {
  if ('and' in filter) return filter.and.some(readsActuals);
  if ('or' in filter) return filter.or.some(readsActuals);
  if ('not' in filter) return readsActuals(filter.not);
  return filter.field.startsWith('actual_');
}

/** Made from the reference, whatever the question compares with; of a cohort, from the cohort's part of it. */
async function estimatorOf(
  { db, columnar }: Sources,
  { model, binSet, selection: { filter } }: Question,
): Promise<PerformanceEstimator | NoEstimator> {
  const context = contextOf(model);
  if (filter === undefined || !binSet.referenceProfile)
    return performanceEstimator(context, binSet.referenceProfile);
  if (readsActuals(filter))
    return { status: 'not_applicable', reason: 'The filter asks for actuals, which an estimate is without.' };
  const parts = await db.parts.live(model.id, { kinds: ['reference'] });
  const cohort = await columnar.profile(toColumnarModel(model), { columns: [] }, parts, { filter });
  return performanceEstimator(context, cohort);
}

/** Profiles of the days of a question, in order of time. */
async function dayProfiles(
  sources: Sources,
  { model, binSet, body, selection }: Question,
): Promise<Profile[]> {
  const rows = isStored(binSet, body, selection)
    ? await storedProfiles(sources, model, binSet, selection, 'day')
    : await sources.columnar.profiles(
        toColumnarModel(model),
        body,
        await liveParts(sources, model.id, selection),
        { ...selection, grain: 'day' },
      );
  const days = new Map<number, Profile[]>();
  for (const { start, profile } of rows.toSorted((a, b) => a.start - b.start)) {
    const day = Math.floor(start / dayMs);
    days.set(day, [...(days.get(day) ?? []), profile]);
  }
  return [...days.values()].map(mergeProfiles);
}

/** Realised and estimated performance of a question's window; its days are what the estimates are held against. */
export async function performanceOf(
  sources: Sources,
  question: Question,
): Promise<Omit<PerformanceAnswer, 'window'>> {
  const [days, estimator] = await Promise.all([
    dayProfiles(sources, question),
    estimatorOf(sources, question),
  ]);
  const context = contextOf(question.model);
  const current = mergeProfiles(days);
  const reference = question.comparison?.profile ?? null;
  const { metrics, ...realised } = performanceReport({ context, current, reference });
  const { estimation, fieldsOf } =
    'expect' in estimator
      ? estimateReport(estimator, { context, binSet: question.body }, { current, days })
      : withoutEstimates(estimator);
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
  windows: readonly Profile[],
): Promise<{ estimation: TimeseriesAnswer['estimation']; fields: Partial<Point>[] }> {
  if (family !== 'performance' || !isEstimated(metric)) return { estimation: null, fields: [] };
  const estimator = await estimatorOf(sources, question);
  const info = estimationInfo(estimator, null);
  if (!('expect' in estimator)) return { estimation: { ...info, distrusted: false }, fields: [] };
  const asked = { context: contextOf(question.model), binSet: question.body };
  const series = estimateWindows(estimator, asked, windows)(metric);
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
