import { afterAll, beforeEach, expect, test } from 'vitest';
import { openTestModel, type TestModel, testBatch, testEvent } from './test-model.ts';

const open: TestModel[] = [];
let it: TestModel;
beforeEach(async () => {
  it = await openTestModel();
  open.push(it);
});
afterAll(() => Promise.all(open.map((model) => model.close())));

const row = (index: number, pointer = `/events/${index}`) => ({
  index,
  prediction_id: index % 2 ? null : `q-${index}`,
  code: 'type_mismatch',
  pointer,
  detail: 'expected a number',
  body: '{"x": 1}',
});
const refuse = (quarantine: ReturnType<typeof row>[], kind: 'events' | 'actuals' = 'events') =>
  it.db.events.store(testBatch(it.modelId, { kind, quarantine }));
const rows = async () => (await it.db.quarantine.list(it.modelId, {}, { limit: 1000 })).toReversed();

test('pages run from the newest row to the oldest, each row once', async () => {
  await refuse([row(0), row(1), row(2)]);
  await refuse([row(3), row(4)], 'actuals');
  const first = await it.db.quarantine.list(it.modelId, {}, { limit: 3 });
  const before = first.at(-1)?.id ?? '';
  const rest = await it.db.quarantine.list(it.modelId, {}, { limit: 3, before });
  expect([...first, ...rest].map((found) => found.index)).toEqual([4, 3, 2, 1, 0]);
  expect(first[0]).toMatchObject({ ...row(4), kind: 'actuals', status: 'waiting' });
});

test.each([
  ['/events/7/features/distance', '/features/distance'],
  ['/actuals/12/actual_label', '/actual_label'],
  ['/events/7', ''],
  ['/events/7/features/vector/190', '/features/vector'],
  ['/events/7/embedding_features/note/vector/3', '/embedding_features/note/vector'],
  ['/events/7/features/3', '/features/3'],
])('the field of %s is "%s"', async (pointer, field) => {
  await refuse([row(7, pointer)]);
  expect((await rows())[0]?.field).toBe(field);
});

test('a replay stores nothing when one of its rows no longer waits', async () => {
  await refuse([row(0), row(1)]);
  const ids = (await rows()).map(({ id }) => id);
  await it.db.quarantine.discard(it.modelId, { ids: ids.slice(0, 1) });
  const batch = testBatch(it.modelId, { events: [testEvent('a')], isReplay: true });
  expect(await it.db.quarantine.replay(batch, ids, () => ({ settled: ids, faults: [] }))).toBeNull();
  expect((await it.db.events.status(it.modelId)).events).toBe(0);
  expect((await rows()).map(({ status }) => status)).toEqual(['discarded', 'waiting']);
});

test('rows are settled with the rows stored or not at all', async () => {
  await refuse([row(0)]);
  const ids = (await rows()).map(({ id }) => id);
  const batch = testBatch(it.modelId, { events: [testEvent('a')], isReplay: true });
  const failing = it.db.quarantine.replay(batch, ids, () => {
    throw new Error('died before the commit');
  });
  await expect(failing).rejects.toThrow('died before the commit');
  expect((await it.db.events.status(it.modelId)).events).toBe(0);
  expect((await rows())[0]?.status).toBe('waiting');
  const verdict = () => ({ settled: ids, faults: [] });
  expect(await it.db.quarantine.replay(batch, ids, verdict)).toEqual({ pending: true });
  expect((await rows())[0]).toMatchObject({ status: 'replayed', settled_at: expect.any(Date) });
});

test('pruning keeps the newest rows and those that are young enough', async () => {
  await refuse(Array.from({ length: 12 }, (_, i) => row(i)));
  await it.pool.query(`UPDATE quarantine SET received_at = now() - interval '31 days' WHERE row_index = 11`);
  const before = new Date(Date.now() - 30 * 86_400_000);
  expect(await it.db.quarantine.prune({ before, keep: 10 })).toBe(3);
  expect((await rows()).map(({ index }) => index)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(await it.db.quarantine.prune({ before, keep: 10 })).toBe(0);
});
