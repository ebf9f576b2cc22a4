import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { StoreOutcome } from './incoming-batch.ts';
import { openTestModel, type TestModel, t0, testBatch, testEvent } from './test-model.ts';
import { UnknownModelError } from './unknown-model-error.ts';

const open: TestModel[] = [];
let it: TestModel;
beforeEach(async () => {
  it = await openTestModel();
  open.push(it);
});
afterAll(() => Promise.all(open.map((model) => model.close())));

/** Stores a batch and gives back what `answer` was told. */
async function outcomeOf(change: Parameters<typeof testBatch>[1]): Promise<StoreOutcome> {
  let told: StoreOutcome | undefined;
  const batch = testBatch(it.modelId, change);
  await it.db.events.store({
    ...batch,
    answer(outcome) {
      told = outcome;
      return batch.answer(outcome);
    },
  });
  if (!told) throw new Error('answer was not asked for');
  return told;
}

const count = async (table: string) => {
  const { rows } = await it.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return rows[0]?.n;
};

/** Closes the Db first: a backend reports its counts when it ends. */
async function deadlocks(): Promise<number | undefined> {
  await it.db.close();
  const backends = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'plumbline'`;
  await expect.poll(async () => (await it.pool.query(backends)).rowCount).toBe(0);
  const { rows } = await it.pool.query<{ n: number }>(
    'SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  return rows[0]?.n;
}

describe('events', () => {
  test('are found as they were stored, with their current actual', async () => {
    const incoming = testEvent('a', {
      features: { 'ü"\\,\n': 'x', zero: -0.1, none: null, flag: true },
      prediction_scores: { late: 0.1, on_time: 0.9 },
      tags: { channel: 'web' },
    });
    await it.db.events.store(
      testBatch(it.modelId, {
        events: [incoming],
        actuals: [{ prediction_id: 'a', actual_label: 'late', actual_ms: t0 + 123 }],
      }),
    );
    const found = await it.db.events.find(it.modelId, 'a');
    expect(found).toEqual({
      ...incoming.event,
      received_ms: expect.any(Number),
      actual_label: 'late',
      actual_score: null,
      actual_ms: t0 + 123,
    });
    expect(Math.abs((found?.received_ms ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(await it.db.events.find(it.modelId, 'b')).toBeNull();
  });

  test('with a known id are duplicates when equal and conflicts otherwise; the first version stays', async () => {
    await outcomeOf({ events: [testEvent('a'), testEvent('b')] });
    const again = await outcomeOf({
      events: [testEvent('c'), testEvent('b', { prediction_score: 0.9 }), testEvent('a')],
      actuals: [
        { prediction_id: 'a', actual_label: 'late' },
        { prediction_id: 'b', actual_label: 'late' },
      ],
    });
    expect(again).toEqual({ inserted: 1, duplicates: ['a'], conflicts: ['b'] });
    expect((await it.db.events.find(it.modelId, 'b'))?.prediction_score).toBe(0.5);
    expect((await it.db.events.find(it.modelId, 'a'))?.actual_label).toBe('late');
    expect((await it.db.events.find(it.modelId, 'b'))?.actual_label).toBeNull();
  });

  test.each([2, 60])(
    'of %i in a batch: content is compared, not its order of keys nor what was derived',
    async (n) => {
      const ids = Array.from({ length: n }, (_, i) => `e${i}`);
      const features = { 'a\\b\t"\n': 'c\\d\t"\r\nü', x: 0.1, none: null, flag: false };
      const derived = { prediction_label: 'other', derived: ['prediction_label' as const] };
      await outcomeOf({ events: ids.map((id) => testEvent(id, { features, ...derived })) });
      expect((await it.db.events.find(it.modelId, 'e1'))?.features).toEqual(features);
      const turned = Object.fromEntries(Object.entries(features).toReversed());
      const again = { features: turned, prediction_label: 'on_time', derived: derived.derived };
      const posted = { features, prediction_label: 'other' };
      const outcome = await outcomeOf({
        events: ids.map((id, i) => testEvent(id, i === 0 ? posted : i === 1 ? again : { features })),
      });
      expect(outcome).toEqual({
        inserted: 0,
        duplicates: ['e1'].concat(ids.slice(2)).sort(),
        conflicts: ['e0'],
      });
    },
  );

  test('in a large batch with one known id are all stored, also when the next batches bring known ids', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `e${i}`);
    await outcomeOf({ events: [testEvent('e77'), testEvent('\t\\\r')] });
    const events = ids.map((id) => testEvent(id));
    expect(await outcomeOf({ events })).toEqual({ inserted: 199, duplicates: ['e77'], conflicts: [] });
    expect((await outcomeOf({ events })).inserted).toBe(0);
    expect(await count('event')).toBe(201);
    expect(await it.db.events.find(it.modelId, '\t\\\r')).not.toBeNull();
  });

  test('one by one are stored as in a batch, the first of an id before and after its version is known', async () => {
    for (const id of ['a', 'b', 'c', 'b']) await outcomeOf({ events: [testEvent(id)] });
    const other = testEvent('a', { prediction_score: 0.1 });
    expect(await outcomeOf({ events: [other] })).toEqual({ inserted: 0, duplicates: [], conflicts: ['a'] });
    expect(await count('event')).toBe(3);
    expect(await it.db.events.status(it.modelId)).toMatchObject({ events: 3, mirrored: 0 });
    const { rows } = await it.pool.query('SELECT accepted, rejected FROM ingest_batch ORDER BY seq');
    expect(rows).toEqual([1, 1, 1, 0].map((accepted) => ({ accepted, rejected: 1 - accepted })));
    await it.db.models.remove(it.projectId, 'flights');
    await expect(outcomeOf({ events: [testEvent('d')] })).rejects.toThrow(UnknownModelError);
  });

  test('that are all known leave no batch behind, and nothing is pending', async () => {
    const first = await it.db.events.store(testBatch(it.modelId, { events: [testEvent('a')] }));
    const second = await it.db.events.store(testBatch(it.modelId, { events: [testEvent('a')] }));
    expect([first, second]).toMatchObject([
      { kind: 'stored', pending: true },
      { kind: 'stored', pending: false },
    ]);
    expect(await count('ingest_batch')).toBe(1);
  });

  test('of a deleted model are refused and leave nothing', async () => {
    await it.db.models.remove(it.projectId, 'flights');
    await expect(it.db.events.store(testBatch(it.modelId, { events: [testEvent('a')] }))).rejects.toThrow(
      UnknownModelError,
    );
    expect(await count('event')).toBe(0);
  });

  test('make their versions known', async () => {
    await outcomeOf({ events: [testEvent('a', { model_version: '2' }), testEvent('b')] });
    await outcomeOf({ events: [testEvent('c', { model_version: '3' }), testEvent('d')] });
    expect((await it.db.models.get(it.modelId))?.versions).toEqual(['1', '2', '3']);
  });

  test('from 16 writers with the same ids in any order are stored once each, without a failed request or a deadlock', async () => {
    const rounds = 10;
    await Promise.all(Array.from({ length: 16 }, () => it.db.ping()));
    let inserted = 0;
    for (let round = 0; round < rounds; round += 1) {
      const ids = Array.from({ length: 500 }, (_, i) => `e-${round}-${i}`);
      const orders = [ids, ids.toReversed(), [...ids.slice(250), ...ids.slice(0, 250)]];
      const outcomes = await Promise.all(
        Array.from({ length: 16 }, (_, writer) => {
          const order = orders[writer % 3] ?? [];
          return outcomeOf({
            events: order.map((id) => testEvent(id, { model_version: `${writer}` })),
            actuals: order.map((id) => ({ prediction_id: id, actual_label: 'late' })),
          });
        }),
      );
      inserted += outcomes.reduce((sum, outcome) => sum + outcome.inserted, 0);
    }
    expect(inserted).toBe(rounds * 500);
    expect(await count('event')).toBe(inserted);
    expect(await it.db.events.status(it.modelId)).toMatchObject({ events: inserted, mirrored: 0 });
    expect(await deadlocks()).toBe(0);
  });
});

describe('actuals', () => {
  const actuals = (...list: { prediction_id: string; actual_label?: string; actual_ms?: number }[]) =>
    outcomeOf({ kind: 'actuals', actuals: list });

  test.each([
    [
      'the later time wins, whatever comes last',
      [
        ['x', 2],
        ['y', 1],
      ],
      'x',
    ],
    [
      'no time comes before any time',
      [
        ['x', 1],
        ['y', undefined],
      ],
      'x',
    ],
    [
      'of equal times the one stored last wins',
      [
        ['x', 1],
        ['y', 1],
      ],
      'y',
    ],
    [
      'of two without a time the one stored last wins',
      [
        ['x', undefined],
        ['y', undefined],
      ],
      'y',
    ],
    [
      'a label can be taken back',
      [
        ['x', 1],
        [undefined, 2],
      ],
      null,
    ],
  ] as const)('%s', async (_, posted, winner) => {
    for (const [label, ms] of posted) {
      await actuals({
        prediction_id: 'a',
        ...(label === undefined ? {} : { actual_label: label }),
        ...(ms === undefined ? {} : { actual_ms: t0 + ms }),
      });
    }
    await outcomeOf({ events: [testEvent('a')] });
    expect((await it.db.events.find(it.modelId, 'a'))?.actual_label).toBe(winner);
    expect(await it.db.events.status(it.modelId)).toMatchObject({ actuals: 1 });
  });

  test('equal to the current one add no row', async () => {
    expect(await actuals({ prediction_id: 'a', actual_label: 'late' })).toMatchObject({ inserted: 1 });
    expect(await actuals({ prediction_id: 'a', actual_label: 'late' })).toEqual({
      inserted: 0,
      duplicates: ['a'],
      conflicts: [],
    });
    expect(await count('actual')).toBe(1);
    expect(await count('ingest_batch')).toBe(1);
  });
});

describe('an idempotency key', () => {
  const keyed = (body: string, change: Parameters<typeof testBatch>[1] = {}) =>
    testBatch(it.modelId, {
      events: [testEvent('a')],
      idempotency: { key: 'k', bodyHash: Buffer.from(body) },
      ...change,
    });

  test('replays the first answer and stores nothing twice', async () => {
    const first = await it.db.events.store(keyed('same'));
    const again = await it.db.events.store(keyed('same', { events: [testEvent('b')] }));
    expect(first).toMatchObject({ kind: 'stored', status: 202 });
    expect(again).toEqual({ kind: 'replayed', status: 202, body: first.kind === 'stored' && first.body });
    expect(await count('event')).toBe(1);
  });

  test('is refused with another body', async () => {
    await it.db.events.store(keyed('same'));
    expect(await it.db.events.store(keyed('other'))).toEqual({ kind: 'key_reused' });
  });

  test('is in progress until the first request is committed, and stores once whoever wins', async () => {
    const results = await Promise.all(Array.from({ length: 16 }, () => it.db.events.store(keyed('same'))));
    const kinds = results.map((result) => result.kind);
    expect(kinds.filter((kind) => kind === 'stored')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'key_reused')).toHaveLength(0);
    expect(await it.db.events.store(keyed('same'))).toMatchObject({ kind: 'replayed' });
  });

  test('is free again when its request failed', async () => {
    const fail = () => {
      throw new Error('no answer');
    };
    await expect(it.db.events.store(keyed('same', { answer: fail }))).rejects.toThrow('no answer');
    expect(await count('event')).toBe(0);
    expect(await it.db.events.store(keyed('same'))).toMatchObject({ kind: 'stored' });
  });
});
