import type { StoredEvent } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { isLossEstimator, lossEstimatorFormat } from '@plumbline/metrics';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  event,
  openInstallation,
  putModel,
  putReference,
  type TestInstallation,
  t0,
} from './test-installation.ts';

const deadline = { timeout: 80_000, interval: 100 };
vi.setConfig({ testTimeout: 90_000 });
let it: TestInstallation;
let model: ModelRecord;

/** The error is the distance, from one origin twice that, above and below in turns. */
const trips = (n: number): StoredEvent[] =>
  Array.from({ length: n }, (_, i) => {
    const distance = (i * 37) % 101;
    const origin = i % 3 === 0 ? 'JFK' : 'LAS';
    const error = distance * (origin === 'JFK' ? 2 : 1) * (i % 2 === 0 ? 1 : -1);
    const trip = event(`r${i}`, {
      prediction_ms: t0 + i * 60_000,
      features: { distance, origin },
      prediction_score: 500,
    });
    return { ...trip, actual_score: 500 + error };
  });

beforeAll(async () => {
  it = await openInstallation();
  model = await putModel(it, { task: 'regression' });
});
afterAll(() => it.close());

async function stored(): Promise<unknown> {
  const { id } = await it.db.profiles.binSet(model.id);
  return it.db.lossEstimators.find(model.id, id);
}

test('the errors of a regression are learnt from its reference, and again from its next one', async () => {
  await putReference(it, model, trips(2400));
  const other = await putModel(it);
  await putReference(it, other, trips(50));
  expect(await it.db.lossEstimators.modelsDue(lossEstimatorFormat)).toEqual([model.id]);
  await it.startWorker();
  await vi.waitFor(async () => expect(await stored()).not.toBeNull(), deadline);
  const estimator = await stored();
  if (!isLossEstimator(estimator) || 'status' in estimator) throw new Error('expected an estimator');
  expect(estimator.columns).toEqual([
    { name: 'features.distance', kind: 'numeric' },
    { name: 'features.origin', kind: 'categorical' },
    { name: 'prediction_score', kind: 'numeric' },
  ]);
  const [mae] = estimator.losses;
  expect(mae).toMatchObject({ metric: 'mae', n: 2400 });
  expect(mae?.r2).toBeGreaterThan(0.98);
  expect(await it.db.lossEstimators.modelsDue(lossEstimatorFormat)).toEqual([]);
  expect(await it.db.lossEstimators.modelsDue(lossEstimatorFormat + 1)).toEqual([model.id]);

  await putReference(it, model, trips(100));
  await vi.waitFor(
    async () => expect(await stored()).toMatchObject({ status: 'insufficient_data' }),
    deadline,
  );
});

test('what was learnt for a reference that was replaced meanwhile is not kept, and goes with the model', async () => {
  const { id } = await it.db.profiles.binSet(model.id);
  await putReference(it, model, trips(90));
  await it.db.lossEstimators.save(model.id, id, { format: lossEstimatorFormat });
  expect(await it.db.lossEstimators.find(model.id, id)).toBeNull();
  await vi.waitFor(async () => expect(await stored()).not.toBeNull(), deadline);
  const { id: last } = await it.db.profiles.binSet(model.id);
  await it.db.models.remove(it.project.id, model.slug);
  expect(await it.db.lossEstimators.find(model.id, last)).toBeNull();
});
