import type { MonitorBody, MonitorPreview } from '@plumbline/contracts';
import type { BinSetRecord, Db, ModelRecord } from '@plumbline/db';
import {
  findMetric,
  floorToWindow,
  foldEpisodes,
  judgedNumber,
  judgeValue,
  listWindows,
  type MonitorPoint,
  type MonitorRule,
  maxWindows,
  mergeProfiles,
  nextWindow,
  scoreMetric,
  type TimeWindow,
  withIntake,
} from '@plumbline/metrics';
import { timeText } from '../../time-text.ts';

type Watched = Pick<MonitorBody, 'metric' | 'granularity'> & { columnKey: string };

type Sources = Pick<Db, 'profiles' | 'intake'>;

/** Windows whose profiles are held in memory together. */
const windowsAtATime = 250;

/** From the first rows that were received until now. */
async function receiptExtent(db: Sources, modelId: string): Promise<{ minMs: number; maxMs: number } | null> {
  const minMs = await db.intake.firstMs(modelId);
  return minMs === null ? null : { minMs, maxMs: Date.now() };
}

/** The newest windows that hold events or, where these are judged, received rows. */
async function windowsOf(
  db: Sources,
  { modelId, id }: BinSetRecord,
  { granularity, metric }: Watched,
): Promise<TimeWindow[]> {
  const extent = findMetric(metric)?.readsIntake
    ? await receiptExtent(db, modelId)
    : await db.profiles.extent(modelId, id);
  if (!extent) return [];
  const toMs = nextWindow(extent.maxMs, granularity);
  const length = toMs - floorToWindow(extent.maxMs, granularity);
  return listWindows(Math.max(extent.minMs, toMs - maxWindows * length), toMs, granularity) ?? [];
}

/** Scores as judging does: production, all versions, against the reference. */
async function pointsOf(db: Sources, model: ModelRecord, watched: Watched): Promise<MonitorPoint[]> {
  const descriptor = findMetric(watched.metric);
  if (!descriptor) return [];
  const binSet = await db.profiles.binSet(model.id);
  const windows = await windowsOf(db, binSet, watched);
  const grain = watched.granularity === 'hour' ? 'hour' : 'day';
  const points: MonitorPoint[] = [];
  for (let i = 0; i < windows.length; i += windowsAtATime) {
    const portion = windows.slice(i, i + windowsAtATime);
    const [fromMs, toMs] = [portion[0]?.startMs ?? 0, portion.at(-1)?.endMs ?? 0];
    const only = { environment: 'production' } as const;
    const rows = await db.profiles.read(model.id, binSet.id, grain, fromMs, toMs, only);
    const received = descriptor.readsIntake ? await db.intake.hours(model.id, fromMs, toMs) : null;
    for (const { startMs, endMs } of portion) {
      const inside = rows.filter(({ start }) => start >= startMs && start < endMs);
      const profile = mergeProfiles(inside.map((row) => row.profile));
      const score = scoreMetric({
        descriptor,
        columnKey: watched.columnKey || null,
        binSet: binSet.body,
        context: { task: model.task, positiveLabel: model.positiveLabel },
        current: received ? withIntake(profile, received, { startMs, endMs }) : profile,
        reference: binSet.referenceProfile,
      });
      points.push({ startMs, endMs, score });
    }
  }
  return points;
}

/** What a monitor would have made of the events there are. Stores nothing. */
export async function previewMonitor(
  db: Sources,
  model: ModelRecord,
  body: MonitorBody,
  columnKey: string,
): Promise<MonitorPreview> {
  const { metric, granularity, threshold, persistence, min_n } = body;
  const points = await pointsOf(db, model, { metric, granularity, columnKey });
  const measures = findMetric(metric)?.measures ?? 'distance';
  const rule: MonitorRule = { threshold, persistence, minN: min_n ?? null, measures };
  const { episodes } = foldEpisodes(points, rule);
  return {
    points: points.map(({ startMs, endMs, score }) => {
      const judged = judgedNumber(score, measures);
      const isJudged = judged !== null && score.n >= (rule.minN ?? 0);
      return {
        window_start: timeText(startMs),
        window_end: timeText(endMs),
        value: judged,
        n: score.n,
        status: score.status,
        state: isJudged ? judgeValue(judged, threshold) : 'waiting',
      };
    }),
    incidents: episodes.map(({ fromMs, toMs, severity, worst, resolved }) => ({
      from: timeText(fromMs),
      to: timeText(toMs),
      severity,
      value: worst.judged,
      resolved,
    })),
    would_have_opened: episodes.length,
  };
}
