import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDb } from './create-db.ts';
import type { Db } from './db.ts';
import type { IncomingBatch } from './incoming-batch.ts';
import type { ModelRecord } from './model-record.ts';
import { StaleModelError } from './stale-model-error.ts';
import { openTestModel, type TestModel, testBatch, testEvent } from './test-model.ts';

let it: TestModel;
/** As another process has it. */
let elsewhere: Db;
beforeAll(async () => {
  it = await openTestModel();
  elsewhere = createDb({ connectionString: it.connectionString });
});
afterAll(async () => {
  await elsewhere.close();
  await it.close();
});

const task = 'binary_classification';
const slug = 'flights';
const recall = async (): Promise<ModelRecord> => {
  const model = await it.db.models.recall(it.projectId, slug);
  if (!model) throw new Error('no model');
  return model;
};
const rows = async () => {
  const { rows } = await it.pool.query<{ rows: number }>(
    `SELECT ((SELECT count(*) FROM event) + (SELECT count(*) FROM actual) + (SELECT count(*) FROM quarantine)
             + (SELECT count(*) FROM ingest_batch))::int AS rows`,
  );
  return rows[0]?.rows ?? Number.NaN;
};

let made = 0;
const events = (n: number) => Array.from({ length: n }, () => testEvent(`e${made++}`));
const refused = { index: 0, prediction_id: null, code: 'bad', pointer: '', detail: '', body: '{}' };
const batches: [string, () => Partial<IncomingBatch>][] = [
  ['one event', () => ({ events: events(1) })],
  ['many events', () => ({ events: events(60) })],
  [
    'an actual',
    () => ({ kind: 'actuals', actuals: [{ prediction_id: `a${made++}`, actual_label: 'late' }] }),
  ],
  ['nothing but a rejected row', () => ({ quarantine: [refused] })],
];
const changes: [string, () => Promise<unknown>][] = [
  ['put', () => elsewhere.models.put(it.projectId, { slug, task, positiveLabel: `late${made++}` })],
  [
    'a new feature',
    () =>
      elsewhere.models.addFeatures(it.modelId, [{ name: `f${made++}`, kind: 'numeric', sensitive: false }]),
  ],
  ['a new tag', () => elsewhere.models.addTags(it.modelId, [`t${made++}`])],
  ['mapping rules', () => elsewhere.models.setMappingRules(it.modelId, [])],
];

describe.each(batches)('%s, judged by a remembered model', (_, make) => {
  test('is stored while the model holds', async () => {
    await it.db.models.find(it.projectId, slug);
    const before = await rows();
    const { revision: ifRevision } = await recall();
    await it.db.events.store(testBatch(it.modelId, { ...make(), ifRevision }));
    expect(await rows()).toBeGreaterThan(before);
  });

  test.each(changes)('is refused whole after %s elsewhere', async (_, change) => {
    await it.db.models.find(it.projectId, slug);
    await change();
    const before = await rows();
    const { revision: ifRevision } = await recall();
    const batch = testBatch(it.modelId, { ...make(), ifRevision });
    await expect(it.db.events.store(batch)).rejects.toThrow(StaleModelError);
    expect(await rows()).toBe(before);
    const found = await it.db.models.find(it.projectId, slug);
    expect((await recall()).revision).toBe(found?.revision);
    expect(found?.revision).toBeGreaterThan(ifRevision);
  });
});

test('a model deleted and made anew is another one', async () => {
  const gone = await recall();
  await elsewhere.models.remove(it.projectId, slug);
  const { model } = await elsewhere.models.put(it.projectId, { slug, task });
  const batch = testBatch(gone.id, { events: events(1), ifRevision: gone.revision });
  await expect(it.db.events.store(batch)).rejects.toThrow(StaleModelError);
  expect((await it.db.models.find(it.projectId, slug))?.id).toBe(model.id);
  expect((await recall()).id).toBe(model.id);
});

test('what a caller does to a remembered model stays with the caller', async () => {
  const mine = await recall();
  mine.features = [];
  mine.tags = [{ name: 'mine', sensitive: false }];
  expect((await recall()).tags).not.toEqual(mine.tags);
});
