import type {
  DistributionAnswer,
  DriftAnswer,
  PerformanceAnswer,
  QualityAnswer,
  SlicesAnswer,
  TimeseriesAnswer,
} from '@plumbline/contracts';
import type { Api } from './api.ts';
import { checkDistribution, checkDrift } from './check-drift.ts';
import { checkPerformance } from './check-performance.ts';
import { checkQuality } from './check-quality.ts';
import { checkSlices } from './check-slices.ts';
import { checkTimeseries, type Granularity } from './check-timeseries.ts';
import type { Comparison } from './comparison.ts';
import { type Question, queryOf } from './selection.ts';
import { nameOf, type Truth } from './truth.ts';

/** Drift, performance and quality of one question. */
export async function checkReports(
  compare: Comparison,
  api: Api,
  truth: Truth,
  name: string,
  question: Question,
): Promise<void> {
  const at = `/v1/models/${truth.slug}`;
  const query = queryOf(question);
  const [drift, performance, quality] = await Promise.all([
    api.get<DriftAnswer>(`${at}/drift`, query),
    api.get<PerformanceAnswer>(`${at}/performance`, query),
    api.get<QualityAnswer>(`${at}/quality`, query),
  ]);
  checkDrift(compare, `${name} drift`, truth, question, drift);
  checkPerformance(compare, `${name} performance`, truth, question, performance);
  checkQuality(compare, `${name} quality`, truth, question, quality);
}

/** The distribution of every column. */
export async function checkDistributions(
  compare: Comparison,
  api: Api,
  truth: Truth,
  name: string,
  question: Question,
): Promise<void> {
  for (const column of truth.columns) {
    const query = queryOf(question);
    query.set('column', nameOf(column.field));
    const answer = await api.get<DistributionAnswer>(`/v1/models/${truth.slug}/distribution`, query);
    checkDistribution(compare, `${name} distribution ${column.field}`, truth, column, question, answer);
  }
}

export interface Series {
  metric: string;
  column?: string;
  granularity: Granularity;
}

export async function checkSeries(
  compare: Comparison,
  api: Api,
  truth: Truth,
  name: string,
  question: Question,
  series: readonly Series[],
): Promise<void> {
  for (const { metric, column, granularity } of series) {
    const query = queryOf(question);
    query.set('metric', metric);
    query.set('granularity', granularity);
    if (column !== undefined) query.set('column', column);
    const answer = await api.get<TimeseriesAnswer>(`/v1/models/${truth.slug}/timeseries`, query);
    const asked = { question, metric, granularity, ...(column === undefined ? {} : { column }) };
    checkTimeseries(compare, `${name} ${metric} ${column ?? ''} by ${granularity}`, truth, asked, answer);
  }
}

export async function checkGroups(
  compare: Comparison,
  api: Api,
  truth: Truth,
  name: string,
  question: Question,
  groups: { groupBy: string[]; metrics: string[] },
): Promise<void> {
  const { from, to, ...rest } = question;
  const answer = await api.send<SlicesAnswer>('POST', `/v1/models/${truth.slug}/slices`, {
    ...rest,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    group_by: groups.groupBy,
    metrics: groups.metrics,
    limit: 1000,
  });
  checkSlices(compare, `${name} by ${groups.groupBy}`, truth, question, groups.groupBy, answer);
}
