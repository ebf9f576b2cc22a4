import { isDeepStrictEqual } from 'node:util';
import { type NotificationType, notificationBody } from '@plumbline/contracts';
import type { BinSetRecord, IncidentRecord, ModelRecord, MonitorRecord } from '@plumbline/db';
import {
  type Episode,
  findMetric,
  historyMs,
  holdBack,
  type JudgedMonitor,
  judgeWindows,
  labelledWindows,
  type MetricDescriptor,
  type MonitorOutcome,
  nextWindow,
  planIncidentChanges,
  type ReferenceHabits,
  scoreCompared,
  type WindowScore,
  waitingWindows,
  windowLength,
} from '@plumbline/metrics';
import type { WorkerContext } from '../../worker-context.ts';
import { evidenceOf } from './evidence.ts';
import { incidentChange } from './incident-change.ts';
import { readWindowProfiles } from './read-window-profiles.ts';
import { pointKey } from './score-and-store.ts';

/** Windows the fold starts back from: 41 days of hours. */
const newestPoints = 1_000;
/** With an incident that began earlier the fold starts there. */
const mostPoints = 20_000;

type Context = Pick<WorkerContext, 'db' | 'queue' | 'publicUrl' | 'now'> & {
  habits: ReferenceHabits<ModelRecord>;
};

async function readPoints(
  { db }: Context,
  model: ModelRecord,
  binSet: BinSetRecord,
  monitor: MonitorRecord,
  range: { limit: number; fromMs?: number },
): Promise<WindowScore[]> {
  const descriptor = findMetric(monitor.metric);
  if (descriptor?.readsComparison) {
    const { granularity } = monitor;
    const asked = { ...range, environment: 'production', lengthMs: windowLength(granularity) } as const;
    const compared = await db.multivariate.compared(model.id, binSet.id, asked);
    return scoreCompared(descriptor, model, binSet, { compared, granularity });
  }
  const points = await db.metricPoints.read(binSet.modelId, binSet.id, pointKey(monitor), range);
  return points.map(({ startMs, score }) => ({
    startMs,
    endMs: nextWindow(startMs, monitor.granularity),
    score,
  }));
}

/**
 * The newest points and the incidents they can concern; further back when an unresolved incident began earlier. Points
 * before `fromMs` are history: enough for limits that look back, where there are such.
 */
async function readHistory(
  context: Context,
  model: ModelRecord,
  binSet: BinSetRecord,
  monitor: MonitorRecord,
) {
  const lookBackMs = historyMs(monitor.threshold, monitor.granularity);
  const lead = Math.ceil(lookBackMs / windowLength(monitor.granularity));
  const points = await readPoints(context, model, binSet, monitor, { limit: newestPoints + lead });
  const isAll = points.length < newestPoints + lead;
  const fromMs = points[isAll ? 0 : lead]?.startMs ?? 0;
  const incidents = await context.db.incidents.ofMonitor(monitor.id, { touchingFromMs: fromMs });
  const unresolved = incidents.filter((incident) => incident.status !== 'resolved');
  const earliest = Math.min(...unresolved.map((incident) => incident.breachFrom.getTime()));
  if (earliest >= fromMs) return { points, fromMs, incidents };
  const range = { limit: mostPoints, fromMs: earliest - lookBackMs };
  return { points: await readPoints(context, model, binSet, monitor, range), fromMs: earliest, incidents };
}

/** Starts of the windows whose labels are too few to judge a metric that needs them. */
async function findWaiting(
  { db }: Context,
  binSet: BinSetRecord,
  { granularity }: MonitorRecord,
  points: readonly WindowScore[],
): Promise<Set<number>> {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return new Set();
  const slots = await db.labels.read(binSet.modelId, binSet.id, {
    grain: granularity === 'hour' ? 'hour' : 'day',
    fromMs: first.startMs,
    toMs: last.endMs,
    environment: 'production',
  });
  return waitingWindows(labelledWindows(slots, granularity));
}

async function evidenceFor(
  { db }: Context,
  binSet: BinSetRecord,
  monitor: MonitorRecord,
  descriptor: MetricDescriptor,
  episode: Episode,
): Promise<Record<string, unknown>> {
  for await (const [only] of readWindowProfiles(db, binSet, monitor.granularity, [episode.worst])) {
    if (only) return evidenceOf(descriptor, monitor.columnKey, episode.worst, binSet, only.profile);
  }
  return {};
}

async function remember(
  { db }: Context,
  monitor: MonitorRecord,
  outcome: MonitorOutcome,
  waiting: ReadonlySet<number>,
) {
  const { judgedUntilMs, state: lastState, lastValue } = outcome;
  const judgedUntil = judgedUntilMs === null ? null : new Date(judgedUntilMs);
  const awaitingLabels = [...waiting].filter((startMs) => startMs >= (judgedUntilMs ?? 0)).length;
  const judgement = { judgedUntil, lastState, lastValue, awaitingLabels };
  const { judgedUntil: until, lastState: state, lastValue: value, awaitingLabels: awaiting } = monitor;
  const known = { judgedUntil: until, lastState: state, lastValue: value, awaitingLabels: awaiting };
  if (!isDeepStrictEqual(known, judgement)) await db.monitors.judged(monitor.id, judgement);
}

/** Folds a monitor's points into episodes, brings its incidents in line with them and queues the notifications. */
export async function judgeMonitor(
  context: Context,
  model: ModelRecord,
  binSet: BinSetRecord,
  monitor: MonitorRecord,
): Promise<void> {
  const { db, queue, publicUrl } = context;
  const descriptor = findMetric(monitor.metric);
  if (!descriptor) return;
  const { points, fromMs, incidents } = await readHistory(context, model, binSet, monitor);
  const judged: JudgedMonitor = { ...monitor, descriptor };
  const habit = await context.habits.of(model, binSet, judged);
  const waiting =
    descriptor.family === 'performance'
      ? await findWaiting(context, binSet, monitor, points)
      : new Set<number>();
  const { outcome } = judgeWindows(holdBack(points, waiting), judged, {
    binSet: binSet.body,
    reference: binSet.referenceProfile,
    habit,
    fromMs,
  });
  const now = context.now();
  const body = (type: NotificationType) => (incident: IncidentRecord) =>
    notificationBody({ type, now, incident, publicUrl });

  let opened: IncidentRecord | null = null;
  for (const step of planIncidentChanges(outcome.episodes, incidents)) {
    const evidence = step.episode
      ? await evidenceFor(context, binSet, monitor, descriptor, step.episode)
      : {};
    const incident = incidents.find((known) => known.id === step.incidentId) ?? opened;
    const change = incidentChange(step, incident, { model, monitor, now, evidence, body });
    const applied = change && (await db.incidents.apply(change));
    opened = step.action === 'open' ? (applied?.incident ?? null) : null;
    for (const deliveryId of applied?.deliveryIds ?? []) await queue.enqueue('deliver', { deliveryId });
  }
  await remember(context, monitor, outcome, waiting);
}
