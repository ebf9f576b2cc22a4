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
} from '@plumbline/metrics';
import { timeText } from '../../time-text.ts';

type Watched = Pick<MonitorBody, 'metric' | 'granularity'> & { columnKey: string };

/** Windows whose profiles are held in memory together. */
const windowsAtATime = 250;

/** The newest windows that hold events. */
async function windowsOf(
  { profiles }: Pick<Db, 'profiles'>,
  { modelId, id }: BinSetRecord,
  { granularity }: Watched,
): Promise<TimeWindow[]> {
  const extent = await profiles.extent(modelId, id);
  if (!extent) return [];
  const toMs = nextWindow(extent.maxMs, granularity);
  const length = toMs - floorToWindow(extent.maxMs, granularity);
  return listWindows(Math.max(extent.minMs, toMs - maxWindows * length), toMs, granularity) ?? [];
}

/** Scores as judging does: production, all versions, against the reference. */
async function pointsOf(
  db: Pick<Db, 'profiles'>,
  model: ModelRecord,
  watched: Watched,
): Promise<MonitorPoint[]> {
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
    for (const { startMs, endMs } of portion) {
      const inside = rows.filter(({ start }) => start >= startMs && start < endMs);
      const score = scoreMetric({
        descriptor,
        columnKey: watched.columnKey || null,
        binSet: binSet.body,
        context: { task: model.task, positiveLabel: model.positiveLabel },
        current: mergeProfiles(inside.map(({ profile }) => profile)),
        reference: binSet.referenceProfile,
      });
      points.push({ startMs, endMs, score });
    }
  }
  return points;
}

/** What a monitor would have made of the events there are. Stores nothing. */
export async function previewMonitor(
  db: Pick<Db, 'profiles'>,
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
