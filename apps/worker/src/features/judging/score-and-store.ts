import type { Granularity } from '@plumbline/contracts';
import type { BinSetRecord, Db, MetricPointKey, ModelRecord, MonitorRecord } from '@plumbline/db';
import { findMetric, scoreWindows, type TimeWindow, windowTests, withAges } from '@plumbline/metrics';
import { readWindowProfiles } from './read-window-profiles.ts';

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

/** `isTested`: points carry the tests of their column, which `auto` thresholds ask for. */
export interface WatchedKey extends MetricPointKey {
  isTested: boolean;
}

/** Distinct point keys of monitors. */
export function watchedKeys(monitors: readonly MonitorRecord[]): WatchedKey[] {
  const keys = new Map<string, WatchedKey>();
  for (const monitor of monitors) {
    const key = pointKey(monitor);
    const isTested = monitor.threshold.kind === 'auto' || (keys.get(keyText(key))?.isTested ?? false);
    keys.set(keyText(key), { ...key, isTested });
  }
  return [...keys.values()];
}

/** Scores every given metric over every given window of one granularity and stores the points. */
export async function scoreAndStore(
  db: Pick<Db, 'profiles' | 'metricPoints' | 'intake' | 'expectations'>,
  model: ModelRecord,
  binSet: BinSetRecord,
  granularity: Granularity,
  keys: readonly WatchedKey[],
  windows: readonly TimeWindow[],
  nowMs: number,
): Promise<void> {
  if (keys.length === 0) return;
  const { body, referenceProfile: reference } = binSet;
  const isExpected = keys.some((key) => findMetric(key.metric)?.readsExpectations);
  const suite = isExpected ? await db.expectations.current(model.id) : null;
  const { task, positiveLabel } = model;
  const context = { task, positiveLabel, ...(suite ? { expectations: suite.expectations } : {}) };
  const withReceived = keys.some((key) => findMetric(key.metric)?.readsIntake);
  const tests = reference ? windowTests(body, reference) : null;
  for await (const portion of readWindowProfiles(db, binSet, granularity, windows, { withReceived })) {
    const aged = withAges(portion, nowMs);
    for (const { isTested, ...key } of keys) {
      const descriptor = findMetric(key.metric);
      if (!descriptor) continue;
      const question = { descriptor, columnKey: key.columnKey || null, binSet: body, context, reference };
      const points = scoreWindows(question, aged, isTested ? tests : null);
      await db.metricPoints.write(model.id, binSet.id, key, points);
    }
  }
}
