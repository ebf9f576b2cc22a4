import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowFileFormat, type StoredActual } from '@plumbline/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PendingRows } from './export-pending.ts';
import type { MirrorWrite } from './mirror.ts';
import type { NewPart } from './part.ts';
import { hour, openTestModel, type TestModel, t0, testBatch, testEvent } from './test-model.ts';

let it: TestModel;
let directory: string;
let models = 0;
let modelId: string;
beforeAll(async () => {
  it = await openTestModel();
  directory = await mkdtemp(join(tmpdir(), 'plumbline-mirror-'));
});
afterAll(async () => {
  await it.close();
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  models += 1;
  const { model } = await it.db.models.put(it.projectId, { slug: `m${models}`, task: 'regression' });
  modelId = model.id;
});
afterEach(async () => expect(await readdir(directory)).toEqual([]));

type Field = string | null;
const { delimiter: d, quote: q } = rowFileFormat;
const cell = new RegExp(`(?:${q}((?:[^${q}]|${q}${q})*)${q}|([^${q}${d}\n]*))(${d}|\n)`, 'g');

/** An unquoted empty field is null. */
function parseCsv(text: string): Field[][] {
  const rows: Field[][] = [];
  let row: Field[] = [];
  for (const [, quoted, plain, end] of text.matchAll(cell)) {
    row.push(quoted === undefined ? plain || null : quoted.replaceAll(q + q, q));
    if (end === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

const noRows: MirrorWrite = async () => ({ parts: [], touchedHours: [] });
const events = (...ids: string[]) => store({ events: ids.map((id) => testEvent(id)) });
const actuals = (...list: StoredActual[]) => store({ kind: 'actuals', actuals: list });
const store = (change: Parameters<typeof testBatch>[1]) => it.db.events.store(testBatch(modelId, change));

async function read({ eventsCsv, actualsCsv }: PendingRows) {
  return {
    events: parseCsv(await readFile(eventsCsv, 'utf8')),
    actuals: parseCsv(await readFile(actualsCsv, 'utf8')),
  };
}

/** Mirrors once and gives back what the writer saw. */
async function mirrorOnce(maxRows = 1000) {
  let seen: Awaited<ReturnType<typeof read>> = { events: [], actuals: [] };
  const result = await it.db.parts.mirror(modelId, { maxRows, directory }, async (rows) => {
    seen = await read(rows);
    return noRows(rows);
  });
  return { result, ...seen };
}

const ids = (rows: Field[][]) => rows.map((row) => row[0]).sort();
const eventsPart = (id: string, rows: number): NewPart => ({
  id,
  kind: 'events',
  path: `parts/${id}`,
  rows,
  bytes: 10,
  minMs: t0,
  maxMs: t0,
});

test('writes the documented columns, nulls and empty strings apart', async () => {
  const awkward = testEvent('say\u0001 "a\u0002b"\n', {
    model_version: 'v\u00021',
    features: { 'x"': 'é\n' },
  });
  await store({
    events: [awkward, testEvent('b', { prediction_ms: t0 + 1 })],
    actuals: [{ prediction_id: 'b', actual_label: '', actual_score: 0.1, actual_ms: t0 + 5 }],
  });
  const { events: rows, result } = await mirrorOnce();
  expect(result).toMatchObject({ events: 2, actuals: 0, remaining: false });
  const received = expect.stringMatching(/^\d{13}$/);
  const seq = expect.stringMatching(/^\d+$/);
  const byId = new Map(rows.map((row) => [row[0], row]));
  expect(byId.get('say\u0001 "a\u0002b"\n')?.slice(0, 9)).toEqual([
    'say\u0001 "a\u0002b"\n',
    `${t0}`,
    received,
    'production',
    'v\u00021',
    null,
    null,
    null,
    null,
  ]);
  expect(JSON.parse(byId.get('say\u0001 "a\u0002b"\n')?.[9] ?? '')).toEqual(awkward.event);
  expect(byId.get('b')?.slice(0, 9)).toEqual([
    'b',
    `${t0 + 1}`,
    received,
    'production',
    '1',
    '',
    '0.1',
    `${t0 + 5}`,
    seq,
  ]);
});

test('an event is written once, an actual that came after it in the next run', async () => {
  await events('a', 'b');
  expect(ids((await mirrorOnce()).events)).toEqual(['a', 'b']);
  await actuals(
    { prediction_id: 'a', actual_score: 1, actual_ms: t0 },
    { prediction_id: 'x', actual_score: 2 },
  );
  await events('b', 'c');
  const next = await mirrorOnce();
  expect(ids(next.events)).toEqual(['c']);
  expect(next.actuals).toEqual([['a', `${t0}`, null, '1', `${t0}`, expect.any(String)]]);
  expect((await mirrorOnce()).result).toEqual({ events: 0, actuals: 0, parts: [], remaining: false });
});

test('an actual that came before its event is left out, does not hold up the queue and comes with the event', async () => {
  await actuals({ prediction_id: 'a', actual_score: 1 });
  expect((await mirrorOnce()).result).toMatchObject({ events: 0, actuals: 0, remaining: false });
  expect(await it.db.parts.modelsWithPending()).not.toContain(modelId);
  await events('a');
  expect((await mirrorOnce()).events[0]?.slice(5, 8)).toEqual([null, '1', null]);
});

test('an actual committed while its event is not yet: the export of the event brings it along', async () => {
  const blocker = await it.pool.connect();
  await blocker.query('BEGIN');
  await blocker.query('LOCK TABLE idempotency IN SHARE MODE');
  const storing = store({
    events: [testEvent('a')],
    idempotency: { key: 'k', bodyHash: Buffer.from('x') },
  });
  await expect
    .poll(async () => (await it.pool.query(`SELECT 1 FROM pg_locks WHERE NOT granted`)).rowCount)
    .toBeGreaterThan(0);
  await actuals({ prediction_id: 'a', actual_score: 7 });
  expect((await mirrorOnce()).result).toMatchObject({ events: 0, actuals: 0, remaining: false });
  await blocker.query('COMMIT');
  blocker.release();
  await storing;
  expect((await mirrorOnce()).events).toEqual([expect.arrayContaining(['a', '7'])]);
});

test('the actual with the greatest time wins inside an event row, of those without a time the last', async () => {
  await actuals(
    { prediction_id: 'a', actual_score: 2, actual_ms: t0 + 2 },
    { prediction_id: 'b', actual_score: 1 },
  );
  await events('a', 'b');
  await actuals(
    { prediction_id: 'a', actual_score: 1, actual_ms: t0 + 1 },
    { prediction_id: 'b', actual_score: 2 },
  );
  const { events: rows, actuals: late } = await mirrorOnce();
  expect(rows.map((row) => [row[0], row[6]]).sort()).toEqual([
    ['a', '2'],
    ['b', '2'],
  ]);
  expect(late).toEqual([]);
});

test('takes whole batches up to maxRows, but at least one, oldest first', async () => {
  await events('a', 'b', 'c');
  await events('d');
  await events('e', 'f');
  const runs = [await mirrorOnce(2), await mirrorOnce(3), await mirrorOnce(3)];
  expect(runs.map((run) => ids(run.events))).toEqual([['a', 'b', 'c'], ['d', 'e', 'f'], []]);
  expect(runs.map((run) => run.result?.remaining)).toEqual([true, false, false]);
});

test('when the writer throws nothing is mirrored and the next run sees the same rows', async () => {
  await events('a', 'b');
  const fails = it.db.parts.mirror(modelId, { maxRows: 10, directory }, async () => {
    throw new Error('disk full');
  });
  await expect(fails).rejects.toThrow('disk full');
  expect(await it.db.parts.modelsWithPending()).toContain(modelId);
  expect(ids((await mirrorOnce()).events)).toEqual(['a', 'b']);
});

test('when the connection is lost during the write nothing is mirrored and the lock is free', async () => {
  await events('a');
  const loses = it.db.parts.mirror(modelId, { maxRows: 10, directory }, async () => {
    await it.pool.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_locks JOIN pg_database d ON d.oid = database
       WHERE locktype = 'advisory' AND granted AND datname = current_database()`,
    );
    return { parts: [eventsPart(crypto.randomUUID(), 1)], touchedHours: [] };
  });
  await expect(loses).rejects.toThrow();
  expect(await it.db.parts.live(modelId)).toEqual([]);
  expect(ids((await mirrorOnce()).events)).toEqual(['a']);
});

test('a model that is deleted during the write gets no parts', async () => {
  await events('a');
  const removed = it.db.parts.mirror(modelId, { maxRows: 10, directory }, async () => {
    await it.db.models.remove(it.projectId, `m${models}`);
    return { parts: [eventsPart(crypto.randomUUID(), 1)], touchedHours: [t0] };
  });
  await expect(removed).rejects.toThrow(`no model ${modelId}`);
  expect(await it.db.parts.live(modelId)).toEqual([]);
  expect(await it.db.profiles.staleHours(modelId, 10)).toEqual([]);
});

test('is exclusive per model: a second caller gets null, another model is free', async () => {
  await events('a');
  const first = modelId;
  const { model: other } = await it.db.models.put(it.projectId, {
    slug: `other${models}`,
    task: 'regression',
  });
  await it.db.parts.mirror(first, { maxRows: 10, directory }, async (rows) => {
    expect(await it.db.parts.mirror(first, { maxRows: 10, directory }, noRows)).toBeNull();
    expect(await it.db.parts.mirror(other.id, { maxRows: 10, directory }, noRows)).not.toBeNull();
    return noRows(rows);
  });
  expect((await mirrorOnce()).result).toMatchObject({ events: 0 });
});

test('parts and stale hours are there exactly when the batches are mirrored', async () => {
  await events('a');
  expect(await it.db.events.status(modelId)).toMatchObject({
    mirrored: 0,
    oldestPendingAt: expect.any(Date),
  });
  const part = eventsPart(crypto.randomUUID(), 1);
  await it.db.parts.mirror(modelId, { maxRows: 10, directory }, async () => {
    expect(await it.db.parts.live(modelId)).toEqual([]);
    return { parts: [part], touchedHours: [t0 + hour, t0, t0] };
  });
  expect(await it.db.parts.live(modelId)).toMatchObject([{ ...part, modelId, referenceId: null }]);
  expect(await it.db.events.status(modelId)).toMatchObject({ events: 1, mirrored: 1, oldestPendingAt: null });
  const stale = await it.db.profiles.staleHours(modelId, 10);
  expect(stale.map((slot) => slot.start)).toEqual([t0, t0 + hour]);
});

test('under concurrent writers every event is written once and its newest actual is among what was written', async () => {
  const written = new Map<string, { time: string; seq: number; score: string }>();
  const timesWritten = new Map<string, number>();
  const see = (id: Field, score: Field, time: Field, seq: Field) => {
    if (id === null || score === null) return;
    const found = { time: time ?? '', seq: Number(seq), score };
    const known = written.get(id);
    const newer = !known || found.time > known.time || (found.time === known.time && found.seq > known.seq);
    if (newer) written.set(id, found);
  };
  let writing = true;
  const mirrorAll = async () => {
    for (let idle = 0; idle < 2; ) {
      const run = await mirrorOnce(40);
      for (const row of run.events) {
        timesWritten.set(row[0] ?? '', (timesWritten.get(row[0] ?? '') ?? 0) + 1);
        see(row[0] ?? null, row[6] ?? null, row[7] ?? null, row[8] ?? null);
      }
      for (const row of run.actuals) see(row[0] ?? null, row[3] ?? null, row[4] ?? null, row[5] ?? null);
      idle = writing || run.result?.remaining ? 0 : idle + 1;
    }
  };
  const names = Array.from({ length: 60 }, (_, i) => `e${i}`);
  const writer = async (n: number) => {
    for (let step = 0; step < 40; step += 1) {
      const some = names.filter((_, i) => (i * 3 + step * 5 + n) % 7 === 0);
      if ((step + n) % 3 === 0) await events(...some);
      else {
        const timed = step % 2 ? { actual_ms: t0 + ((step * 31 + n * 17) % 50) } : {};
        await actuals(...some.map((id) => ({ prediction_id: id, actual_score: n * 1000 + step, ...timed })));
      }
    }
  };
  const mirroring = mirrorAll();
  await Promise.all([0, 1, 2, 3, 4, 5].map(writer));
  writing = false;
  await mirroring;
  expect([...timesWritten.keys()].sort()).toEqual([...names].sort());
  expect(new Set(timesWritten.values())).toEqual(new Set([1]));
  for (const id of names) {
    const stored = await it.db.events.find(modelId, id);
    expect([id, Number(written.get(id)?.score)]).toEqual([id, stored?.actual_score]);
  }
});
