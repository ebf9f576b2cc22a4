import { toColumnarModel } from '@plumbline/columnar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  event,
  openInstallation,
  putModel,
  store,
  type TestInstallation,
  t0,
} from '../../test-installation.ts';
import { hourMs } from '../../time.ts';
import { clearStaleHours, profileStaleHours } from './profile-stale-hours.ts';

let it: TestInstallation;
beforeAll(async () => {
  it = await openInstallation();
});
afterAll(() => it.close());

test('a long history is profiled from its newest month back, and stays to be judged as a whole', async () => {
  const model = await putModel(it);
  const { db, columnar } = it;
  const hours = Array.from({ length: 800 }, (_, i) => t0 + i * hourMs);
  await store(it, model.id, { events: hours.map((at, i) => event(`e${i}`, { prediction_ms: at })) });
  await db.parts.mirror(model.id, { maxRows: 1_000, directory: it.dataDir }, async (rows) => {
    const parts = await columnar.writeParts(toColumnarModel(model), rows);
    return { parts, touchedHours: await columnar.touchedHours(parts) };
  });

  const unprofiled = async () =>
    (await db.profiles.staleHours(model.id, 9999)).filter((hour) => !hour.profiled).map(({ start }) => start);
  const first = await profileStaleHours(it, model);
  expect(first.remaining).toBe(true);
  expect(await unprofiled()).toEqual(hours.slice(0, 800 - 744));

  const second = await profileStaleHours(it, model);
  expect(second.remaining).toBe(false);
  expect(second.hours.map(({ start }) => start)).toEqual(hours);
  expect(await unprofiled()).toEqual([]);
  await clearStaleHours(it, model.id, second);
  expect(await db.profiles.modelsWithStaleHours()).toEqual([]);
  const { id } = await db.profiles.binSet(model.id);
  expect(await db.profiles.read(model.id, id, 'hour', t0, t0 + 800 * hourMs)).toHaveLength(800);
});
