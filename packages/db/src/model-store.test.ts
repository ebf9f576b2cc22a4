import { type Feature, maxTags } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestModel, type TestModel, testBatch, testEvent, writeProfiles } from './test-model.ts';

let it: TestModel;
beforeAll(async () => {
  it = await openTestModel();
});
afterAll(() => it.close());

const feature = (name: string, change: Partial<Feature> = {}): Feature => ({
  name,
  kind: 'numeric',
  sensitive: false,
  ...change,
});
const named = (features: { name: string; ordinal: number }[]) =>
  features.map((f) => `${f.name}:${f.ordinal}`);

describe('put', () => {
  test('creates with the slug as name, then changes what is given and keeps the rest', async () => {
    const first = await it.db.models.put(it.projectId, {
      slug: 'm',
      task: 'binary_classification',
      positiveLabel: 'late',
      tags: [{ name: 'channel', sensitive: true }],
    });
    expect(first).toMatchObject({
      created: true,
      model: { displayName: 'm', hasReference: false, features: [] },
    });
    const second = await it.db.models.put(it.projectId, { slug: 'm', task: 'regression', displayName: 'M' });
    expect(second).toMatchObject({
      created: false,
      model: {
        id: first.model.id,
        displayName: 'M',
        task: 'regression',
        positiveLabel: 'late',
        tags: first.model.tags,
      },
    });
    expect(await it.db.models.find(it.projectId, 'm')).toEqual(second.model);
    expect(await it.db.models.get(first.model.id)).toEqual(second.model);
  });

  test('of a new slug by many at once creates one model', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, () => it.db.models.put(it.projectId, { slug: 'race', task: 'ranking' })),
    );
    expect(results.filter((result) => result.created)).toHaveLength(1);
    expect(new Set(results.map((result) => result.model.id)).size).toBe(1);
  });

  test('declares features by name: ordinals stay, undeclared ones are kept', async () => {
    const put = (features: Feature[]) =>
      it.db.models.put(it.projectId, { slug: 'f', task: 'regression', features });
    const { model } = await put([feature('a', { min: 0, max: 1 }), feature('b')]);
    await it.db.models.addFeatures(model.id, [feature('c')]);
    const after = await put([
      feature('d'),
      feature('c', { kind: 'categorical' }),
      feature('a', { sensitive: true }),
    ]);
    expect(after.model.features).toEqual([
      { ...feature('a', { sensitive: true }), ordinal: 0, declared: true },
      { ...feature('b'), ordinal: 1, declared: true },
      { ...feature('c', { kind: 'categorical' }), ordinal: 2, declared: true },
      { ...feature('d'), ordinal: 3, declared: true },
    ]);
  });
});

test('features added by many at once get one ordinal each, and all callers see the same schema', async () => {
  const { model } = await it.db.models.put(it.projectId, { slug: 'inferred', task: 'regression' });
  const names = Array.from({ length: 30 }, (_, i) => `n${i}`);
  await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      it.db.models.addFeatures(
        model.id,
        names
          .slice(i, i + 20)
          .reverse()
          .map((name) => feature(name)),
      ),
    ),
  );
  const schema = await it.db.models.addFeatures(model.id, [feature('n0', { kind: 'text' })]);
  expect(schema.map((f) => f.ordinal)).toEqual([...schema.keys()]);
  expect(schema.map((f) => f.name).sort()).toEqual(names.slice(0, 29).sort());
  expect(schema.find((f) => f.name === 'n0')).toMatchObject({ kind: 'numeric', declared: false });
  expect(named((await it.db.models.get(model.id))?.features ?? [])).toEqual(named(schema));
});

test('tags added by many at once are all kept, up to the most a model has', async () => {
  const tags = [{ name: 'declared', sensitive: true }];
  const { model } = await it.db.models.put(it.projectId, { slug: 'tagged', task: 'regression', tags });
  await Promise.all(
    Array.from({ length: 10 }, (_, i) => it.db.models.addTags(model.id, ['declared', `t${i}`, `t${i + 1}`])),
  );
  const found = async () => (await it.db.models.get(model.id))?.tags ?? [];
  expect((await found())[0]).toEqual(tags[0]);
  expect((await found()).map(({ name }) => name).sort()).toEqual(
    ['declared', ...Array.from({ length: 11 }, (_, i) => `t${i}`)].sort(),
  );
  const all = await it.db.models.addTags(
    model.id,
    Array.from({ length: 200 }, (_, i) => `more${i}`),
  );
  expect(all).toHaveLength(maxTags);
  expect(await found()).toEqual(all);
});

test('models of another project are not found', async () => {
  const other = await it.db.access.createProject('other');
  expect(await it.db.models.find(other.id, 'flights')).toBeNull();
  expect(await it.db.models.list(other.id)).toEqual([]);
  expect(await it.db.models.remove(other.id, 'flights')).toBeNull();
  expect(await it.db.models.get('not-a-uuid')).toBeNull();
});

test('removing a model leaves no row of it in any table, and none of another model goes', async () => {
  const { db } = it;
  const put = (slug: string) =>
    db.models.put(it.projectId, { slug, task: 'regression', features: [feature('a')] });
  const fill = async (slug: string) => {
    const { model } = await put(slug);
    await db.models.addFeatures(model.id, [feature('b')]);
    await db.events.store(
      testBatch(model.id, {
        events: [testEvent('a')],
        actuals: [{ prediction_id: 'a', actual_score: 1 }],
        quarantine: [{ index: 1, prediction_id: null, code: 'x', pointer: '', detail: '', body: '{}' }],
        idempotency: { key: 'k', bodyHash: Buffer.from('x') },
      }),
    );
    const part = {
      id: crypto.randomUUID(),
      kind: 'events' as const,
      path: 'p',
      rows: 1,
      bytes: 1,
      minMs: 0,
      maxMs: 0,
    };
    await db.parts.replace(model.id, [], [part]);
    const before = await db.profiles.binSet(model.id);
    const profile = { events: 1, columns: {}, performance: { labelled: 0 } };
    const row = { start: 0, version: '1', environment: 'production', profile };
    await writeProfiles(it, model.id, before.id, [row]);
    const reference = { id: crypto.randomUUID(), source: 'upload' as const, rows: 1, minMs: 0, maxMs: 0 };
    const { id } = await db.profiles.setReference(model.id, reference, [], { columns: [] }, profile);
    await writeProfiles(it, model.id, id, [{ ...row, start: 3_600_000 }]);
    const key = {
      metric: 'volume',
      columnKey: '',
      granularity: 'day' as const,
      environment: 'production',
      version: '',
    };
    const score = { value: 1, status: 'ok' as const, n: 1, exactness: 'exact' as const };
    await db.metricPoints.write(model.id, id, key, [{ startMs: 0, score }]);
    await db.imports.create({
      modelId: model.id,
      id: crypto.randomUUID(),
      kind: 'events',
      format: 'csv',
      name: null,
      options: { assumeUtc: false },
      bytes: 1,
      rowsTotal: null,
    });
    const window = { modelId: model.id, binSetId: id, fromMs: 0, toMs: 1 };
    await db.multivariate.request({ ...window, environment: 'production', source: 'request' });
    await db.lossEstimators.save(model.id, id, { format: 1 });
    await db.expectations.add(model.id, { basedOn: 0, createdBy: 'user', summary: null, expectations: [] });
    await db.monitors.create({
      modelId: model.id,
      name: 'm',
      metric: 'volume',
      columnKey: '',
      granularity: 'day',
      threshold: { kind: 'constant', warning: 1, direction: 'above' },
      persistence: { breaches: 1, of: 1 },
      minN: null,
      channels: [],
      enabled: true,
      createdBy: 'user',
    });
    return model.id;
  };
  const [kept, removed] = [await fill('kept'), await fill('removed')];
  expect(await db.models.remove(it.projectId, 'removed')).toEqual({ modelId: removed });
  const tables = await it.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'model_id' AND table_schema = 'public'`,
  );
  for (const { name } of tables.rows) {
    const { rows } = await it.pool.query<{ model_id: string }>(
      `SELECT DISTINCT model_id FROM ${name} WHERE model_id = ANY ($1)`,
      [[kept, removed]],
    );
    expect([name, rows]).toEqual([name, name === 'incident' ? [] : [{ model_id: kept }]]);
  }
  expect(await db.models.remove(it.projectId, 'removed')).toBeNull();
});
