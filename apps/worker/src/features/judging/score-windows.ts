import type { Granularity } from '@plumbline/contracts';
import type {
  BinSetRecord,
  Db,
  MetricPointKey,
  MetricPointRow,
  ModelRecord,
  MonitorRecord,
} from '@plumbline/db';
import { findMetric, scoreMetric, type TimeWindow, withIntake } from '@plumbline/metrics';
import { windowProfiles } from './window-profiles.ts';

type Watched = Pick<MonitorRecord, 'metric' | 'columnKey' | 'granularity'>;

/** Where a monitor's points are kept; monitors that watch the same share them. */
export const pointKey = ({ metric, columnKey, granularity }: Watched): MetricPointKey => ({
  metric,
  columnKey,
  granularity,
  environment: 'production',
  version: '',
});

export const keyText = (key: MetricPointKey): string =>
  JSON.stringify([key.metric, key.columnKey, key.granularity]);

/** Scores every given metric over every given window of one granularity and stores the points. */
export async function scoreWindows(
  db: Pick<Db, 'profiles' | 'metricPoints' | 'intake'>,
  model: ModelRecord,
  binSet: BinSetRecord,
  granularity: Granularity,
  keys: readonly MetricPointKey[],
  windows: readonly TimeWindow[],
): Promise<void> {
  if (keys.length === 0) return;
  const context = { task: model.task, positiveLabel: model.positiveLabel };
  const readsIntake = keys.some((key) => findMetric(key.metric)?.readsIntake);
  for await (const read of windowProfiles(db, binSet, granularity, windows)) {
    const [fromMs, toMs] = [read[0]?.window.startMs ?? 0, read.at(-1)?.window.endMs ?? 0];
    const hours = readsIntake ? await db.intake.hours(model.id, fromMs, toMs) : null;
    const portion = hours
      ? read.map(({ window, profile }) => ({ window, profile: withIntake(profile, hours, window) }))
      : read;
    for (const key of keys) {
      const descriptor = findMetric(key.metric);
      if (!descriptor) continue;
      const points = portion.map(
        ({ window, profile: current }): MetricPointRow => ({
          startMs: window.startMs,
          score: scoreMetric({
            descriptor,
            columnKey: key.columnKey || null,
            binSet: binSet.body,
            context,
            current,
            reference: binSet.referenceProfile,
          }),
        }),
      );
      await db.metricPoints.write(model.id, binSet.id, key, points);
    }
  }
}
