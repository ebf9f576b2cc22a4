import { profileFormat } from '@plumbline/contracts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  event,
  openInstallation,
  putModel,
  putReference,
  store,
  type TestInstallation,
  t0,
} from '../../test-installation.ts';
import { dayMs, hourMs } from '../../time.ts';

let it: TestInstallation;
let pool: pg.Pool;
beforeAll(async () => {
  it = await openInstallation();
  pool = new pg.Pool({ connectionString: it.connectionString, max: 2 });
  it.closers.push(() => pool.end());
});
afterAll(() => it.close());

const deadline = { timeout: 30_000, interval: 50 };
const events = (prefix: string) =>
  Array.from({ length: 90 }, (_, i) =>
    event(`${prefix}${i}`, { prediction_ms: t0 + i * hourMs, features: { distance: i, origin: 'LAS' } }),
  );

test('profiles that lack what newer code stores get it in the background: hours, days and the reference', async () => {
  const model = await putModel(it);
  await putReference(it, model, events('r'));
  await it.startWorker();
  await store(it, model.id, { events: events('e') });
  const read = async () => {
    const binSet = await it.db.profiles.binSet(model.id);
    const rows = (grain: 'hour' | 'day') =>
      it.db.profiles.read(model.id, binSet.id, grain, t0, t0 + 10 * dayMs);
    return { hours: await rows('hour'), days: await rows('day'), reference: binSet.referenceProfile };
  };
  const settled = () =>
    vi.waitFor(async () => {
      expect(await it.db.parts.modelsWithPending()).toEqual([]);
      expect(await it.db.profiles.modelsWithStaleHours()).toEqual([]);
      const { rows } = await pool.query('SELECT 1 FROM profile WHERE format < $1', [profileFormat]);
      expect(rows).toEqual([]);
    }, deadline);
  await settled();
  const whole = await read();
  expect(whole.hours).toHaveLength(90);

  await pool.query('UPDATE profile SET body = body #- $1, format = $2', ['{columns}', profileFormat - 1]);
  await pool.query('UPDATE bin_set SET reference_profile = reference_profile #- $1, profile_format = $2', [
    '{columns}',
    profileFormat - 1,
  ]);
  expect((await read()).reference).not.toEqual(whole.reference);
  await settled();
  expect(await read()).toEqual(whole);
});

test('after a feature is given another kind its bins are made anew from the same reference', async () => {
  const model = await putModel(it, {
    features: [{ name: 'distance', kind: 'numeric', sensitive: false }],
  });
  const rows = (prefix: string) => events(prefix).map((row) => ({ ...row, features: { distance: 7 } }));
  const before = await putReference(it, model, rows('kr'));
  await store(it, model.id, { events: rows('ke') });
  await it.db.models.put(it.project.id, {
    slug: model.slug,
    task: model.task,
    features: [{ name: 'distance', kind: 'categorical', sensitive: false }],
  });
  await vi.waitFor(async () => {
    const binSet = await it.db.profiles.binSet(model.id);
    expect(binSet.body.columns[0]).toMatchObject({ column: 'features.distance', kind: 'categorical' });
    expect(await it.db.profiles.recomputation(model.id)).toMatchObject({ endedAt: expect.any(Date) });
  }, deadline);
  const after = await it.db.profiles.binSet(model.id);
  expect(after.reference).toEqual(before.reference);
  expect(after.referenceProfile?.columns['features.distance']?.n).toBe(90);
  const hours = await it.db.profiles.read(model.id, after.id, 'hour', t0, t0 + 10 * dayMs);
  expect(hours.reduce((n, row) => n + (row.profile.columns['features.distance']?.counts[0] ?? 0), 0)).toBe(
    90,
  );
  expect(await it.db.profiles.modelsWithOtherKinds()).toEqual([]);
});
