import { toColumnarModel } from '@plumbline/columnar';
import { granularities } from '@plumbline/contracts';
import type { BinSetRecord, ModelRecord, MonitorRecord } from '@plumbline/db';
import { createReferenceHabits, findMetric } from '@plumbline/metrics';
import type { WorkerContext } from '../../worker-context.ts';
import { judgeMonitor } from './judge-monitor.ts';
import { quietWindows, tellsSilence } from './quiet-windows.ts';
import { keyText, pointKey, scoreAndStore, watchedKeys } from './score-and-store.ts';
import { windowsOfExtent, windowsOfHours, windowsOfReceipt } from './windows-to-judge.ts';

type Context = Pick<WorkerContext, 'db' | 'columnar' | 'queue' | 'publicUrl' | 'now' | 'logger'>;

/** Judges all monitors of a model; keep one for the life of the process. */
export function createJudge(context: Context) {
  const { db, columnar, now } = context;
  const habits = createReferenceHabits<ModelRecord>(async (model, { columns, ...scan }) => {
    const parts = await db.parts.live(model.id, { kinds: ['reference'] });
    return columnar.profiles(toColumnarModel(model), { columns }, parts, scan);
  });
  /** Keys whose whole history this process has scored; a monitor without enough data would be new for ever. */
  const scored = new Set<string>();
  /** Until when (epoch ms) this process has scored the windows of what was received, by key. */
  const receiptScored = new Map<string, number>();

  async function score(model: ModelRecord, binSet: BinSetRecord, monitors: MonitorRecord[], hours: number[]) {
    const name = (monitor: MonitorRecord) =>
      `${binSet.id} ${keyText(pointKey(monitor))} ${monitor.threshold.kind === 'auto'}`;
    const isNew = (monitor: MonitorRecord) => monitor.judgedUntil === null && !scored.has(name(monitor));
    const ofEvents = monitors.filter(({ metric }) => {
      const descriptor = findMetric(metric);
      return !descriptor?.readsIntake && !descriptor?.readsComparison;
    });
    const ofReceipt = monitors.filter((monitor) => findMetric(monitor.metric)?.readsIntake);
    const fresh = ofEvents.filter(isNew);
    const known = ofEvents.filter((monitor) => !isNew(monitor));
    const silent = ofEvents.filter(({ metric }) => tellsSilence(metric));
    const isAsked = fresh.length + silent.length > 0;
    const extent = isAsked ? await db.profiles.extent(model.id, binSet.id) : null;
    const receivedMs = silent.length > 0 ? await db.intake.lastEventsMs(model.id) : null;
    const nowMs = now().getTime();
    for (const granularity of granularities) {
      const of = (some: MonitorRecord[]) =>
        watchedKeys(some.filter((monitor) => monitor.granularity === granularity));
      await scoreAndStore(
        db,
        model,
        binSet,
        granularity,
        of(known),
        windowsOfHours(hours, granularity),
        nowMs,
      );
      await scoreAndStore(
        db,
        model,
        binSet,
        granularity,
        of(fresh),
        windowsOfExtent(extent, granularity),
        nowMs,
      );
      const quiet = extent ? quietWindows({ newestMs: extent.maxMs, receivedMs, nowMs, granularity }) : [];
      await scoreAndStore(db, model, binSet, granularity, of(silent), quiet, nowMs);
    }
    for (const monitor of fresh) scored.add(name(monitor));
    if (ofReceipt.length > 0) await scoreReceipt(model, binSet, ofReceipt);
  }

  /** What was received tells of no stale hours: the newest windows are scored each time. */
  async function scoreReceipt(model: ModelRecord, binSet: BinSetRecord, monitors: MonitorRecord[]) {
    const nowMs = now().getTime();
    const firstMs = await db.intake.firstMs(model.id);
    for (const key of watchedKeys(monitors)) {
      const { granularity } = key;
      const name = `${binSet.id} ${keyText(key)}`;
      const windows = windowsOfReceipt({
        firstMs,
        scoredMs: receiptScored.get(name) ?? null,
        nowMs,
        granularity,
      });
      await scoreAndStore(db, model, binSet, granularity, [key], windows, nowMs);
      receiptScored.set(name, nowMs);
    }
  }

  /**
   * Scores the windows that hold `hours` (all windows for a new monitor) and judges every enabled monitor. Running it
   * again changes nothing. Disabled monitors are scored too, so that nothing is missing when they are enabled.
   */
  return async function judgeModel(model: ModelRecord, binSet: BinSetRecord, hours: number[]): Promise<void> {
    const monitors = await db.monitors.list(model.id);
    await score(model, binSet, monitors, hours);
    for (const monitor of monitors) {
      if (monitor.enabled) await judgeMonitor({ ...context, habits }, model, binSet, monitor);
    }
  };
}
