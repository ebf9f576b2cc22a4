import { tmpdir } from 'node:os';
import type { BinSet, Profile, Score } from '@plumbline/contracts';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { ReferenceRecord } from './bin-set.ts';
import type { MetricPointKey } from './metric-point-store.ts';
import type { NewPart } from './part.ts';
import type { ProfileRow } from './profile-row.ts';
import type { StaleHour } from './stale-hours.ts';
import {
  hour,
  openTestModel,
  type TestModel,
  t0,
  testBatch,
  testEvent,
  writeProfiles,
} from './test-model.ts';
import { UnknownModelError } from './unknown-model-error.ts';

const open: TestModel[] = [];
let it: TestModel;
beforeEach(async () => {
  it = await openTestModel();
  open.push(it);
});
afterAll(() => Promise.all(open.map((model) => model.close())));

const profile = (events: number): Profile => ({ events, columns: {}, performance: { labelled: 0 } });
const bins: BinSet = {
  columns: [
    { column: 'features.distance', kind: 'numeric', bins: { layout: 'numeric', edges: [0, 0.1, 1] } },
  ],
};
const reference = (change: Partial<ReferenceRecord> = {}) => ({
  id: crypto.randomUUID(),
  source: 'upload' as const,
  rows: 7,
  minMs: t0,
  maxMs: t0 + hour,
  ...change,
});
const part = (): NewPart => ({
  id: crypto.randomUUID(),
  kind: 'reference',
  path: 'reference.parquet',
  rows: 7,
  bytes: 1,
  minMs: t0,
  maxMs: t0 + hour,
});
const setReference = (change: Partial<ReferenceRecord> = {}, parts = [part()]) =>
  it.db.profiles.setReference(it.modelId, reference(change), parts, bins, profile(7));
const row = (start: number, events: number, version = '1', environment = 'production') => ({
  start,
  version,
  environment,
  profile: profile(events),
});

describe('the bin set', () => {
  test('of a model without a reference has no columns and is made once, whoever asks', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => it.db.profiles.binSet(it.modelId)));
    expect(new Set(made.map((binSet) => binSet.id)).size).toBe(1);
    expect(made[0]).toMatchObject({ body: { columns: [] }, reference: null, referenceProfile: null });
    await expect(it.db.profiles.binSet(crypto.randomUUID())).rejects.toThrow(UnknownModelError);
  });

  test('comes with its reference, and a new reference replaces both and the parts', async () => {
    const before = await it.db.profiles.binSet(it.modelId);
    const old = part();
    const first = await setReference({ minMs: null, maxMs: null }, [old]);
    expect(first).toMatchObject({ body: bins, referenceProfile: profile(7), reference: { minMs: null } });
    const second = await setReference();
    expect(second).toMatchObject({ reference: { rows: 7, minMs: t0, maxMs: t0 + hour } });
    expect(await it.db.profiles.binSet(it.modelId)).toEqual(second);
    expect(new Set([before.id, first.id, second.id]).size).toBe(3);
    const live = await it.db.parts.live(it.modelId, { kinds: ['reference'] });
    expect(live.map((found) => found.referenceId)).toEqual([second.reference?.id]);
    const replaced = await it.db.parts.replacedBefore(new Date(Date.now() + 60_000));
    expect(replaced.map((found) => found.id)).toEqual([old.id]);
    expect((await it.db.models.get(it.modelId))?.hasReference).toBe(true);
  });

  test('of concurrent new references leaves one active', async () => {
    await Promise.all(Array.from({ length: 6 }, () => setReference()));
    const active = await it.db.profiles.binSet(it.modelId);
    const live = await it.db.parts.live(it.modelId, { kinds: ['reference'] });
    expect(live.map((found) => found.referenceId)).toEqual([active.reference?.id]);
  });
});

describe('profiles', () => {
  test('replace whole slots and are read by range, version and environment', async () => {
    const { id } = await it.db.profiles.binSet(it.modelId);
    const write = (slots: number[], rows: ReturnType<typeof row>[]) =>
      writeProfiles(it, it.modelId, id, rows, { slots, rollUp: () => [row(t0 - (t0 % (24 * hour)), 9)] });
    await write([t0, t0 + hour], [row(t0, 1), row(t0, 2, '2'), row(t0 + hour, 3, '1', 'training')]);
    await write([t0], [row(t0, 4)]);
    const read = (from: number, to: number, only = {}) =>
      it.db.profiles.read(it.modelId, id, 'hour', from, to, only);
    expect(await read(t0, t0 + 2 * hour)).toEqual([row(t0, 4), row(t0 + hour, 3, '1', 'training')]);
    expect(await read(t0, t0 + hour)).toEqual([row(t0, 4)]);
    expect(await read(t0, t0 + 2 * hour, { environment: 'training' })).toHaveLength(1);
    expect(await read(t0, t0 + 2 * hour, { version: '2' })).toEqual([]);
    expect(await it.db.profiles.extent(it.modelId, id)).toEqual({ minMs: t0, maxMs: t0 + hour });
    await write([t0, t0 + hour], []);
    expect(await it.db.profiles.extent(it.modelId, id)).toBeNull();
  });

  test('are cut to the columns that are asked for, names of any kind; one that a profile lacks is left out', async () => {
    const { id } = await it.db.profiles.binSet(it.modelId);
    const column = (n: number) => ({ n, missing: 0, counts: [n], sums: [0.1 + 0.2] });
    const names = ['features.a', 'features.it\'s {a,b} "c"', 'prediction_score'];
    const columns = Object.fromEntries(names.map((name, i) => [name, column(i)]));
    const performance = { labelled: 3, confusion: [] };
    const whole = { ...row(t0, 1), profile: { events: 1, columns, performance } };
    await writeProfiles(it, it.modelId, id, [whole]);
    const read = async (...only: string[]) =>
      (await it.db.profiles.read(it.modelId, id, 'hour', t0, t0 + 1, { columns: only }))[0]?.profile;
    for (const name of names)
      expect(await read(name, 'features.none')).toEqual({
        ...whole.profile,
        columns: { [name]: columns[name] },
      });
    expect(await read()).toEqual({ ...whole.profile, columns: {} });
    expect(await read(...names)).toEqual(whole.profile);
    const rest = async (columns?: string[]) => {
      const without = ['performance', 'attributions'] as const;
      const only = { without, ...(columns ? { columns } : {}) };
      return (await it.db.profiles.read(it.modelId, id, 'hour', t0, t0 + 1, only))[0]?.profile;
    };
    const bare = { ...whole.profile, performance: { labelled: 0 } };
    expect([await rest(), await rest(names)]).toEqual([bare, bare]);
    expect(await rest([])).toEqual({ ...bare, columns: {} });
  });

  test('of one slot written by many at once are those of one of them', async () => {
    const { id } = await it.db.profiles.binSet(it.modelId);
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        writeProfiles(it, it.modelId, id, [row(t0, i, 'a'), row(t0, i, 'b')]),
      ),
    );
    const [a, b, ...more] = await it.db.profiles.read(it.modelId, id, 'hour', t0, t0 + 1);
    expect(a?.profile.events).toBe(b?.profile.events);
    expect(more).toEqual([]);
  });

  describe('of stale hours', () => {
    const total = (rows: ProfileRow[]) => rows.reduce((sum, { profile }) => sum + profile.events, 0);
    const day = Math.floor(t0 / (24 * hour)) * 24 * hour;
    const rollUp = (rows: ProfileRow[]) => [row(day, total(rows))];
    /** What the mirror does: these hours hold more than is profiled. */
    const mark = (...hours: number[]) =>
      it.db.parts.mirror(it.modelId, { maxRows: 9, directory: tmpdir() }, async () => ({
        parts: [],
        touchedHours: hours,
      }));
    const stale = async (...hours: number[]) => {
      await it.db.events.store(testBatch(it.modelId, { events: [testEvent(crypto.randomUUID())] }));
      await mark(...hours);
      return it.db.profiles.staleHours(it.modelId, 99);
    };
    const write = async (hours: StaleHour[], rows: ProfileRow[]) => {
      const { id } = await it.db.profiles.binSet(it.modelId);
      await it.db.profiles.writeStale(it.modelId, id, { hours, rows, rollUp });
    };
    const read = async (grain: 'hour' | 'day') => {
      const { id } = await it.db.profiles.binSet(it.modelId);
      return it.db.profiles.read(it.modelId, id, grain, day, day + 24 * hour);
    };

    test('are written with their day', async () => {
      await write(await stale(t0, t0 + hour), [row(t0, 1), row(t0 + hour, 2)]);
      expect([await read('hour'), await read('day')]).toEqual([
        [row(t0, 1), row(t0 + hour, 2)],
        [row(day, 3)],
      ]);
    });

    test('are left alone once the hour was marked again, or profiled and cleared by another', async () => {
      const before = await stale(t0, t0 + hour);
      const [again] = await stale(t0);
      expect(again?.mark).not.toBe(before[0]?.mark);
      await write(before, [row(t0, 1), row(t0 + hour, 2)]);
      expect([await read('hour'), await read('day')]).toEqual([[row(t0 + hour, 2)], [row(day, 2)]]);
      const now = await it.db.profiles.staleHours(it.modelId, 99);
      await write(now, [row(t0, 5), row(t0 + hour, 2)]);
      await it.db.profiles.clearStale(it.modelId, now);
      await write(now, [row(t0, 1), row(t0 + hour, 1)]);
      expect([await read('hour'), await read('day')]).toEqual([
        [row(t0, 5), row(t0 + hour, 2)],
        [row(day, 7)],
      ]);
    });

    test('of one day, each written by another at the same time, are all in the day', async () => {
      const hours = await stale(...Array.from({ length: 12 }, (_, i) => t0 + i * hour));
      await Promise.all(hours.map((one) => write([one], [row(one.start, 1)])));
      expect(await read('day')).toEqual([row(day, 12)]);
    });
  });

  test('on a bin set that was replaced are gone, their hours stale, and cannot be written again', async () => {
    const old = await it.db.profiles.binSet(it.modelId);
    await writeProfiles(it, it.modelId, old.id, [row(t0, 1)]);
    await setReference();
    const hours = await it.db.profiles.staleHours(it.modelId, 5);
    await it.db.profiles.writeStale(it.modelId, old.id, { hours, rows: [row(t0, 1)], rollUp: () => [] });
    expect(await it.db.profiles.read(it.modelId, old.id, 'hour', 0, t0 + hour)).toEqual([]);
    expect(await it.db.profiles.staleHours(it.modelId, 5)).toEqual([
      { start: t0, mark: expect.any(String), profiled: false },
    ]);
    expect(await it.db.profiles.modelsWithStaleHours()).toEqual([it.modelId]);
  });
});

test('a stale hour is forgotten unless it became stale again after it was read', async () => {
  const { id } = await it.db.profiles.binSet(it.modelId);
  const hours = [t0, t0 + hour];
  await writeProfiles(
    it,
    it.modelId,
    id,
    hours.map((start) => row(start, 1)),
  );
  await setReference();
  const read = await it.db.profiles.staleHours(it.modelId, 10);
  expect(read.map((slot) => slot.start)).toEqual(hours);
  await it.db.profiles.clearStale(it.modelId, read.slice(0, 1));
  expect((await it.db.profiles.staleHours(it.modelId, 10)).map((slot) => slot.start)).toEqual([t0 + hour]);
});

test('hours that were being profiled when the reference was replaced stay stale, with or without a profile', async () => {
  const { id } = await it.db.profiles.binSet(it.modelId);
  const hours = [t0, t0 + hour];
  await writeProfiles(
    it,
    it.modelId,
    id,
    hours.map((start) => row(start, 1)),
  );
  const { id: next } = await setReference();
  const read = await it.db.profiles.staleHours(it.modelId, 10);
  await it.db.profiles.writeStale(it.modelId, next, { hours: read, rows: [row(t0, 1)], rollUp: () => [] });
  await setReference();
  await it.db.profiles.clearStale(it.modelId, read);
  const left = await it.db.profiles.staleHours(it.modelId, 10);
  expect(left.map((slot) => slot.start)).toEqual(hours);
  await it.db.profiles.clearStale(it.modelId, left);
  expect(await it.db.profiles.modelsWithStaleHours()).toEqual([]);
});

describe('metric points', () => {
  const key: MetricPointKey = {
    metric: 'psi',
    columnKey: 'features.distance',
    granularity: 'day',
    environment: 'production',
    version: '',
  };
  const score: Score = {
    value: 0.1 + 0.2,
    status: 'ok',
    n: 5,
    nReference: 7,
    lower: 0.1,
    upper: null,
    pValue: 1e-300,
    adjustedP: 2e-300,
    exactness: 'binned',
    errorBound: 0.5,
  };
  const empty: Score = { value: null, status: 'empty', n: 0, exactness: 'exact' };
  const read = async (options: { limit: number; fromMs?: number; toMs?: number }) =>
    it.db.metricPoints.read(it.modelId, (await it.db.profiles.binSet(it.modelId)).id, key, options);

  test('come back as written, newest last, at most `limit` of the newest', async () => {
    const { id } = await it.db.profiles.binSet(it.modelId);
    const points = [3, 1, 2].map((n) => ({ startMs: t0 + n * hour, score: n === 2 ? empty : score }));
    await it.db.metricPoints.write(it.modelId, id, key, points);
    const nulls = { lower: null, upper: null, pValue: null, adjustedP: null, errorBound: null };
    expect(await read({ limit: 2 })).toEqual([
      { startMs: t0 + 2 * hour, score: { ...empty, ...nulls } },
      { startMs: t0 + 3 * hour, score },
    ]);
    const range = await read({ limit: 9, fromMs: t0 + hour, toMs: t0 + 2 * hour });
    expect(range.map((point) => point.startMs)).toEqual([t0 + hour]);
  });

  test('that are written again raise the revision only when they changed', async () => {
    const { id } = await it.db.profiles.binSet(it.modelId);
    const write = (value: number) =>
      it.db.metricPoints.write(it.modelId, id, key, [{ startMs: t0, score: { ...score, value } }]);
    for (const value of [1, 1, 2, 2]) await write(value);
    const { rows } = await it.pool.query('SELECT revision, value FROM metric_point');
    expect(rows).toEqual([{ revision: 2, value: 2 }]);
  });

  test('of an older bin set are neither read nor written', async () => {
    const old = await it.db.profiles.binSet(it.modelId);
    await it.db.metricPoints.write(it.modelId, old.id, key, [{ startMs: t0, score }]);
    await setReference();
    expect(await read({ limit: 9 })).toEqual([]);
    await it.db.metricPoints.write(it.modelId, old.id, key, [{ startMs: t0 + hour, score }]);
    const active = await it.db.profiles.binSet(it.modelId);
    await it.db.metricPoints.write(it.modelId, active.id, key, [{ startMs: t0, score }]);
    expect((await read({ limit: 9 })).map((point) => point.startMs)).toEqual([t0]);
  });
});
