import type { MonitorBody, MonitorPreview } from '@plumbline/contracts';
import type { BinSetRecord, ModelRecord } from '@plumbline/db';
import {
  findMetric,
  floorToWindow,
  holdBack,
  type JudgedMonitor,
  judgedNumber,
  judgePoint,
  judgeWindows,
  listWindows,
  maxWindows,
  nextWindow,
  scoreWindows,
  type TimeWindow,
  type WindowScore,
  waitingWindows,
  windowProfiles,
  windowTests,
  withAges,
} from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { readCompared } from '../../read-compared.ts';
import { readReferenceHabit } from '../../read-reference-habit.ts';
import { timeText } from '../../time-text.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;

/** Windows whose profiles are held in memory together. */
const windowsAtATime = 250;

/** From the first rows that were received until now. */
async function receiptExtent(
  db: Sources['db'],
  modelId: string,
): Promise<{ minMs: number; maxMs: number } | null> {
  const minMs = await db.intake.firstMs(modelId);
  return minMs === null ? null : { minMs, maxMs: Date.now() };
}

/** The newest windows that hold events or, where these are judged, received rows. */
async function windowsOf(
  db: Sources['db'],
  { modelId, id }: BinSetRecord,
  { granularity, descriptor }: JudgedMonitor,
): Promise<TimeWindow[]> {
  const extent = descriptor.readsIntake
    ? await receiptExtent(db, modelId)
    : await db.profiles.extent(modelId, id);
  if (!extent) return [];
  const toMs = nextWindow(extent.maxMs, granularity);
  const length = toMs - floorToWindow(extent.maxMs, granularity);
  return listWindows(Math.max(extent.minMs, toMs - maxWindows * length), toMs, granularity) ?? [];
}

/** Scores as judging does: production, all versions, against the reference. */
async function scoresOf(
  db: Sources['db'],
  model: ModelRecord,
  binSet: BinSetRecord,
  monitor: JudgedMonitor,
): Promise<{ windows: WindowScore[]; waiting: ReadonlySet<number> }> {
  const { descriptor, columnKey, granularity, threshold } = monitor;
  const { body, referenceProfile: reference } = binSet;
  if (descriptor.readsComparison) {
    const asked = { descriptor, granularity, environment: 'production' } as const;
    return { windows: await readCompared(db, model, binSet, asked), waiting: new Set() };
  }
  const windows = await windowsOf(db, binSet, monitor);
  const grain = granularity === 'hour' ? 'hour' : 'day';
  const suite = descriptor.readsExpectations ? await db.expectations.current(model.id) : null;
  const { task, positiveLabel } = model;
  const context = { task, positiveLabel, ...(suite ? { expectations: suite.expectations } : {}) };
  const question = { descriptor, columnKey: columnKey || null, binSet: body, context, reference };
  const tests = threshold.kind === 'auto' && reference ? windowTests(body, reference) : null;
  const scores: WindowScore[] = [];
  const labels: Parameters<typeof waitingWindows>[0][number][] = [];
  for (let i = 0; i < windows.length; i += windowsAtATime) {
    const portion = windows.slice(i, i + windowsAtATime);
    const [fromMs, toMs] = [portion[0]?.startMs ?? 0, portion.at(-1)?.endMs ?? 0];
    const only = { environment: 'production' } as const;
    const rows = await db.profiles.read(model.id, binSet.id, grain, fromMs, toMs, only);
    const received = descriptor.readsIntake ? await db.intake.hours(model.id, fromMs, toMs) : null;
    const profiles = withAges(windowProfiles(portion, rows, received), Date.now());
    scores.push(...scoreWindows(question, profiles, tests));
    labels.push(
      ...profiles.map(({ profile: { events, performance }, ...window }) => ({
        ...window,
        events,
        labelled: performance.labelled,
      })),
    );
  }
  const waiting = descriptor.family === 'performance' ? waitingWindows(labels) : new Set<number>();
  return { windows: holdBack(scores, waiting), waiting };
}

/** What a monitor would have made of the events there are. Stores nothing. */
export async function previewMonitor(
  sources: Sources,
  model: ModelRecord,
  body: MonitorBody,
  columnKey: string,
): Promise<MonitorPreview> {
  const { metric, granularity, threshold, persistence, min_n: minN = null } = body;
  const descriptor = findMetric(metric);
  if (!descriptor) return { points: [], incidents: [], would_have_opened: 0 };
  const monitor = { descriptor, columnKey, granularity, threshold, persistence, minN };
  const binSet = await sources.db.profiles.binSet(model.id);
  const habit = await readReferenceHabit(sources, model, binSet, monitor);
  const { windows, waiting } = await scoresOf(sources.db, model, binSet, monitor);
  const { points, outcome } = judgeWindows(windows, monitor, {
    binSet: binSet.body,
    reference: binSet.referenceProfile,
    habit,
  });
  const { measures } = descriptor;
  return {
    points: points.map(({ startMs, endMs, score, limits }) => ({
      window_start: timeText(startMs),
      window_end: timeText(endMs),
      value: judgedNumber(score, measures),
      lower_limit: (limits.warning ?? limits.critical)?.lower ?? null,
      upper_limit: (limits.warning ?? limits.critical)?.upper ?? null,
      n: score.n,
      status: score.status,
      state: judgePoint({ score, limits }, { minN, measures }) ?? 'waiting',
      awaits_labels: waiting.has(startMs),
    })),
    incidents: outcome.episodes.map(({ fromMs, toMs, severity, worst, resolved }) => ({
      from: timeText(fromMs),
      to: timeText(toMs),
      severity,
      value: worst.judged,
      resolved,
    })),
    would_have_opened: outcome.episodes.length,
  };
}
