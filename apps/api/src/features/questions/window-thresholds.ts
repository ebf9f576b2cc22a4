import type { Granularity } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { historyMs, judgeWindows, type MetricDescriptor, nextWindow } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { readCompared } from '../../read-compared.ts';
import { readReferenceHabit } from '../../read-reference-habit.ts';
import type { Question } from './question.ts';

interface Thresholds {
  threshold: number | null;
  threshold_lower: number | null;
}

/** Points of the past that one question reads at most. */
const mostPoints = 20_000;

const ofLimits = (limits: { lower: number | null; upper: number | null } | null): Thresholds => {
  const { lower = null, upper = null } = limits ?? {};
  return upper === null
    ? { threshold: lower, threshold_lower: null }
    : { threshold: upper, threshold_lower: lower };
};

async function monitorOf({ db }: Pick<Deps, 'db'>, model: ModelRecord, metric: string, columnKey: string) {
  const monitors = await db.monitors.list(model.id);
  return monitors.find((m) => m.enabled && m.metric === metric && m.columnKey === columnKey);
}

/**
 * The thresholds of each window of a chart, by its start. Those of the monitor of the same metric and column: constant
 * ones for any chart, others where the chart has the monitor's windows. Without a monitor the metric's own.
 */
export async function windowThresholds(
  sources: Pick<Deps, 'db' | 'columnar'>,
  { model, binSet, selection }: Question,
  { descriptor, key }: { descriptor: MetricDescriptor; key: string },
  granularity: Granularity,
): Promise<(startMs: number) => Thresholds> {
  const nothing: Thresholds = { threshold: null, threshold_lower: null };
  const monitor = await monitorOf(sources, model, descriptor.metric, key);
  if (!monitor) return () => ({ ...nothing, threshold: descriptor.default_threshold });
  const { threshold, columnKey } = monitor;
  if (threshold.kind === 'constant') {
    const own = threshold.warning ?? threshold.critical ?? descriptor.default_threshold;
    return () => ({ threshold: own, threshold_lower: threshold.lower ?? null });
  }
  if (monitor.granularity !== granularity) return () => nothing;
  const environment = 'production';
  const range = { fromMs: selection.fromMs - historyMs(threshold, granularity), toMs: selection.toMs };
  const stored = descriptor.readsComparison
    ? await readCompared(sources.db, model, binSet, { descriptor, granularity, environment, ...range })
    : await sources.db.metricPoints.read(
        model.id,
        binSet.id,
        { metric: descriptor.metric, columnKey, granularity, environment, version: '' },
        { limit: mostPoints, ...range },
      );
  const judged = { ...monitor, descriptor };
  const { points } = judgeWindows(
    stored.map(({ startMs, score }) => ({ startMs, endMs: nextWindow(startMs, granularity), score })),
    judged,
    {
      binSet: binSet.body,
      reference: binSet.referenceProfile,
      habit: await readReferenceHabit(sources, model, binSet, judged),
    },
  );
  const limits = new Map(points.map((point) => [point.startMs, point.limits]));
  return (startMs) => {
    const of = limits.get(startMs);
    return of ? ofLimits(of.warning ?? of.critical) : nothing;
  };
}
