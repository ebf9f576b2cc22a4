import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  event,
  openInstallation,
  putModel,
  putReference,
  store,
  type TestInstallation,
  t0,
} from './test-installation.ts';
import { dayMs, hourMs } from './time.ts';

const deadline = { timeout: 15_000, interval: 50 };
let it: TestInstallation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

async function profilesOf(modelId: string, grain: 'hour' | 'day') {
  const binSet = await it.db.profiles.binSet(modelId);
  return it.db.profiles.read(modelId, binSet.id, grain, t0 - 30 * dayMs, t0 + 30 * dayMs);
}

async function settled(modelId: string) {
  await vi.waitFor(async () => {
    expect(await it.db.parts.modelsWithPending()).not.toContain(modelId);
    expect(await it.db.profiles.modelsWithStaleHours()).not.toContain(modelId);
  }, deadline);
}

const spread = (count: number, stepMs: number) =>
  Array.from({ length: count }, (_, i) =>
    event(`e-${i}`, {
      prediction_ms: t0 + i * stepMs,
      model_version: i % 3 === 0 ? '2' : '1',
      features: { distance: (i * 37) % 500, origin: i % 4 === 0 ? 'JFK' : 'LAS' },
      prediction_label: i % 2 === 0 ? 'late' : 'on_time',
    }),
  );

test('stored events are profiled by hour and day within 5 s, equal to plain counting', async () => {
  const model = await putModel(it);
  const reference = spread(400, 1_000);
  await putReference(it, model, reference);
  await it.startWorker();
  const events = spread(300, 15 * 60_000);
  const stored = Date.now();
  await store(it, model.id, { events });
  await settled(model.id);
  expect(Date.now() - stored).toBeLessThan(5_000);

  const plain = (slotMs: number) => {
    const counts: Record<string, number> = {};
    for (const { prediction_ms, model_version } of events) {
      const key = `${Math.floor(prediction_ms / slotMs) * slotMs} ${model_version}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  };
  for (const [grain, slotMs] of [
    ['hour', hourMs],
    ['day', dayMs],
  ] as const) {
    const rows = await profilesOf(model.id, grain);
    expect(
      Object.fromEntries(rows.map((row) => [`${row.start} ${row.version}`, row.profile.events])),
    ).toEqual(plain(slotMs));
  }
  const days = await profilesOf(model.id, 'day');
  const sum = days.reduce((total, { profile }) => {
    const distance = profile.columns['features.distance'];
    return total + (distance?.mean ?? 0) * (distance?.n ?? 0);
  }, 0);
  expect(sum).toBeCloseTo(
    events.reduce((total, row) => total + Number(row.features.distance), 0),
    6,
  );
});

test('late actuals update the hours of their predictions', async () => {
  const model = await putModel(it);
  await it.startWorker();
  const events = spread(40, 30 * 60_000);
  await store(it, model.id, { events });
  await settled(model.id);
  const labelled = async () =>
    (await profilesOf(model.id, 'day')).reduce((sum, row) => sum + row.profile.performance.labelled, 0);
  expect(await labelled()).toBe(0);
  const actuals = events
    .slice(0, 25)
    .map((row) => ({ prediction_id: row.prediction_id, actual_label: 'late' }));
  await store(it, model.id, { actuals });
  await settled(model.id);
  expect(await labelled()).toBe(25);
  await store(it, model.id, { actuals: [{ prediction_id: 'e-0', actual_label: 'on_time' }] });
  await settled(model.id);
  expect(await labelled()).toBe(25);
});

test('hours left stale by a worker that died between parts and profiles are profiled by the next', async () => {
  const model = await putModel(it);
  await store(it, model.id, { events: spread(50, 10 * 60_000) });
  const directory = `${it.dataDir}/incoming`;
  const described = { ...model, features: model.features, tags: [] };
  await it.db.parts.mirror(model.id, { maxRows: 1_000, directory }, async (rows) => {
    const parts = await it.columnar.writeParts(described, rows);
    return { parts, touchedHours: await it.columnar.touchedHours(parts) };
  });
  expect(await it.db.parts.modelsWithPending()).toEqual([]);
  expect(await profilesOf(model.id, 'hour')).toEqual([]);
  await it.startWorker();
  await settled(model.id);
  const rows = await profilesOf(model.id, 'hour');
  expect(rows.reduce((sum, row) => sum + row.profile.events, 0)).toBe(50);
});

test('many small batches are merged into few parts and counted once', async () => {
  const model = await putModel(it);
  await it.startWorker();
  const events = spread(60, 60_000);
  for (let i = 0; i < events.length; i += 3) {
    await store(it, model.id, { events: events.slice(i, i + 3) });
    await settled(model.id);
  }
  await vi.waitFor(async () => expect((await it.db.parts.live(model.id)).length).toBeLessThan(8), deadline);
  await settled(model.id);
  const rows = await profilesOf(model.id, 'hour');
  expect(rows.reduce((sum, row) => sum + row.profile.events, 0)).toBe(60);
  const live = await it.db.parts.live(model.id);
  expect(await it.columnar.count({ ...model, tags: [] }, live, {})).toBe(60);
});

test('a new reference has every hour profiled again on its bins', async () => {
  const model = await putModel(it);
  await it.startWorker();
  await store(it, model.id, { events: spread(60, 30 * 60_000) });
  await settled(model.id);
  const before = await it.db.profiles.binSet(model.id);
  const after = await putReference(it, model, spread(200, 1_000));
  expect(after.id).not.toBe(before.id);
  await settled(model.id);
  const rows = await profilesOf(model.id, 'hour');
  expect(rows.reduce((sum, row) => sum + (row.profile.columns['features.origin']?.n ?? 0), 0)).toBe(60);
});
