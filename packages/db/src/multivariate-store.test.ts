import { randomUUID } from 'node:crypto';
import type { MultivariateResult } from '@plumbline/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestModel, type TestModel } from './test-model.ts';

const weekMs = 7 * 86_400_000;
const monday = Date.UTC(2026, 0, 5);
let it: TestModel;
let binSetId: string;
beforeAll(async () => {
  it = await openTestModel();
  binSetId = (await it.db.profiles.binSet(it.modelId)).id;
});
afterAll(() => it.close());

const ask = (week: number, source: 'schedule' | 'request' = 'request') => {
  const fromMs = monday + week * weekMs;
  const window = { modelId: it.modelId, binSetId, fromMs, toMs: fromMs + weekMs };
  return it.db.multivariate.request({ ...window, environment: 'production', source });
};
const list = () => it.db.multivariate.list(it.modelId, binSetId, { environment: 'production', limit: 10 });
const claim = (ms = 60_000) => it.db.multivariate.claim(it.modelId, ms);
const result = { rows: 7 } as MultivariateResult;

test('asked windows come before scheduled ones, the newest first, and none is claimed twice', async () => {
  for (const week of [1, 3]) await ask(week, 'schedule');
  for (const week of [0, 2]) await ask(week);
  expect((await list()).map(({ fromMs }) => (fromMs - monday) / weekMs)).toEqual([3, 2, 1, 0]);
  const claimed = [await claim(), await claim(), await claim(), await claim(), await claim()];
  expect(claimed.map((one) => one && (one.record.fromMs - monday) / weekMs)).toEqual([2, 0, 3, 1, null]);
  expect(await it.db.multivariate.modelsDue()).toEqual([]);
  for (const one of claimed) if (one) await it.db.multivariate.finish(one.lease, { state: 'done', result });
  expect((await list()).map(({ state, progress }) => [state, progress])).toEqual(Array(4).fill(['done', 1]));
});

test('a window asked for again waits anew and keeps its result until the next', async () => {
  const again = await ask(2);
  expect(again).toMatchObject({ state: 'waiting', progress: 0, result });
  expect((await list()).length).toBe(4);
  const claimed = await claim();
  if (!claimed) throw new Error('expected a window');
  expect((await ask(2))?.state).toBe('running');
  await it.db.multivariate.finish(claimed.lease, { state: 'failed', detail: 'why' });
  expect(await it.db.multivariate.find(it.modelId, claimed.lease.id)).toMatchObject({
    state: 'failed',
    detail: 'why',
    result,
  });
});

test('who asks for a running window to be cancelled is heard at its next report; a waiting one ends at once', async () => {
  await ask(0);
  const claimed = await claim();
  if (!claimed) throw new Error('expected a window');
  const { lease } = claimed;
  expect(await it.db.multivariate.report(lease, 0.5, 60_000)).toEqual({ cancelRequested: false });
  expect(await it.db.multivariate.cancel(it.modelId, lease.id)).toMatchObject({
    state: 'running',
    progress: 0.5,
  });
  expect(await it.db.multivariate.report(lease, 0.6, 60_000)).toEqual({ cancelRequested: true });
  await it.db.multivariate.finish(lease, { state: 'cancelled', detail: null });
  const waiting = await ask(1);
  expect(await it.db.multivariate.cancel(it.modelId, waiting?.id ?? '')).toMatchObject({
    state: 'cancelled',
  });
  expect(await claim()).toBeNull();
  expect(await it.db.multivariate.cancel(it.modelId, randomUUID())).toBeNull();
});

test('the window of a worker that died is taken over, and what the dead one still says is not heard', async () => {
  await ask(0);
  const dead = await claim(-1);
  expect(await it.db.multivariate.modelsDue()).toEqual([it.modelId]);
  const next = await claim();
  expect(next?.record).toMatchObject({ id: dead?.record.id, attempts: 2 });
  if (!dead || !next) throw new Error('expected two claims');
  expect(await it.db.multivariate.report(dead.lease, 0.9, 60_000)).toBeNull();
  await it.db.multivariate.finish(dead.lease, { state: 'failed', detail: 'late' });
  await it.db.multivariate.release(next.lease, { forgive: true });
  expect(await it.db.multivariate.find(it.modelId, next.lease.id)).toMatchObject({
    state: 'waiting',
    attempts: 1,
  });
});

test('a model that is gone takes its windows along and gets none', async () => {
  const { model } = await it.db.models.put(it.projectId, { slug: 'gone', task: 'regression' });
  const { id } = await it.db.profiles.binSet(model.id);
  const asked = { modelId: model.id, binSetId: id, environment: 'production', fromMs: 0, toMs: 1 } as const;
  const kept = await it.db.multivariate.request({ ...asked, source: 'request' });
  expect(kept).not.toBeNull();
  await it.db.models.remove(it.projectId, 'gone');
  expect(await it.db.multivariate.find(model.id, kept?.id ?? '')).toBeNull();
  expect(await it.db.multivariate.request({ ...asked, source: 'request' })).toBeNull();
});
