import type { ListedExpectation } from '@plumbline/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestModel, type TestModel, testBatch, testEvent } from './test-model.ts';

let it: TestModel;
beforeAll(async () => {
  it = await openTestModel();
});
afterAll(() => it.close());

const present = (column: string): ListedExpectation => ({
  source: 'generated',
  expectation: { kind: 'present', column, severity: 'warning', enabled: true, parameters: { mostly: 0.99 } },
});
const add = (basedOn: number, ...columns: string[]) =>
  it.db.expectations.add(it.modelId, {
    basedOn,
    createdBy: 'ada',
    summary: null,
    expectations: columns.map(present),
  });

test('versions count from 1, the newest one holds, and older ones stay as they were', async () => {
  expect(await it.db.expectations.current(it.modelId)).toBeNull();
  expect(await add(0, 'origin')).toMatchObject({ version: 1, createdBy: 'ada', summary: null });
  expect(await add(1, 'origin', 'distance')).toMatchObject({ version: 2 });
  expect((await it.db.expectations.current(it.modelId))?.expectations).toEqual(
    ['origin', 'distance'].map(present),
  );
  const older = await it.db.expectations.versions(it.modelId, { limit: 10, before: 2 });
  expect(older.map(({ version, expectations }) => [version, expectations])).toEqual([
    [1, [present('origin')]],
  ]);
});

test('of many who edit the same version one is stored', async () => {
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => add(2, `column ${i}`)));
  expect(outcomes.filter((outcome) => outcome !== null).map(({ version }) => version)).toEqual([3]);
  expect(await add(2, 'late')).toBeNull();
  expect(await add(7, 'early')).toBeNull();
});

test('they go with their model', async () => {
  const { model } = await it.db.models.put(it.projectId, { slug: 'other', task: 'regression' });
  const suite = { basedOn: 0, createdBy: 'ada', summary: 'first', expectations: [] };
  expect(await it.db.expectations.add(model.id, suite)).toMatchObject({ summary: 'first' });
  await it.db.models.remove(it.projectId, 'other');
  expect(await it.db.expectations.current(model.id)).toBeNull();
  expect(await it.db.expectations.add(model.id, suite)).toBeNull();
});

test('rows refused for the type of a feature are counted by its name', async () => {
  const refused = ['distance', 'a~1b', 'distance'].map((name, index) => ({
    index,
    prediction_id: null,
    code: 'type_mismatch',
    pointer: `/events/${index}/features/${name}`,
    detail: 'expected a number, got "far"',
    body: '{}',
  }));
  const other = { ...refused[0], index: 9, code: 'unknown_name' } as (typeof refused)[number];
  await it.db.events.store(
    testBatch(it.modelId, { events: [testEvent('e-1')], quarantine: [...refused, other] }),
  );
  const now = Date.now();
  const hour = 3_600_000;
  expect(await it.db.intake.mistyped(it.modelId, now - hour, now + hour)).toEqual(
    new Map([
      ['distance', 2],
      ['a/b', 1],
    ]),
  );
  const hours = await it.db.intake.hours(it.modelId, now - hour, now + hour);
  const total = (key: 'accepted' | 'rejected' | 'mistyped') =>
    hours.reduce((sum, received) => sum + received[key], 0);
  expect([total('accepted'), total('rejected'), total('mistyped')]).toEqual([1, 4, 3]);
  expect(await it.db.intake.mistyped(it.modelId, now + hour, now + 2 * hour)).toEqual(new Map());
});
