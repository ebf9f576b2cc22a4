import type { StoredEvent } from '@plumbline/contracts';
import type { ModelRecord, MonitorRecord } from '@plumbline/db';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  event,
  openInstallation,
  putModel,
  putReference,
  store,
  type TestInstallation,
  t0,
} from './test-installation.ts';
import { dayMs } from './time.ts';

const weekMs = 7 * dayMs;
const deadline = { timeout: 80_000, interval: 100 };
vi.setConfig({ testTimeout: 90_000 });
let it: TestInstallation;
let model: ModelRecord;
let monitors: Record<'auto' | 'constant', MonitorRecord>;

/** 300 events of one week; with `isTurned` long distances go with the other origin, each column staying as it was. */
const week = (number: number, isTurned = false): StoredEvent[] =>
  Array.from({ length: 300 }, (_, i) => {
    const isFar = i % 3 === 0;
    const isJfk = isTurned ? i % 3 === 1 : isFar;
    return event(`w${number}-${i}`, {
      prediction_ms: t0 + number * weekMs + Math.floor((i * weekMs) / 300),
      embedding_features: { picture: { vector: [isTurned ? i % 11 : 5, (i * 7) % 11, 1] } },
      features: {
        remark: isTurned ? `Held up: gate ${i % 7} was busy!` : `On time from gate ${i % 7}.`,
        distance: (isFar ? 1000 : 100) + ((i * 37) % 50),
        origin: isJfk ? 'JFK' : 'LAS',
      },
    });
  });

const watch = (
  metric: string,
  granularity: MonitorRecord['granularity'],
  threshold: MonitorRecord['threshold'],
) =>
  it.db.monitors.create({
    modelId: model.id,
    name: metric,
    metric,
    columnKey: '',
    granularity,
    threshold,
    persistence: { breaches: 1, of: 1 },
    minN: null,
    channels: [],
    enabled: true,
    createdBy: 'user',
  });

beforeAll(async () => {
  it = await openInstallation();
  model = await putModel(it, {
    features: [
      { name: 'distance', kind: 'numeric', sensitive: false },
      { name: 'origin', kind: 'categorical', sensitive: false },
      { name: 'remark', kind: 'text', sensitive: false },
    ],
  });
  await putReference(
    it,
    model,
    [-4, -3, -2, -1].flatMap((number) => week(number)),
  );
  await store(it, model.id, { events: [...week(0), ...week(1, true)] });
  monitors = {
    auto: await watch('multivariate_auc', 'week', { kind: 'auto' }),
    constant: await watch('reconstruction_error', 'week', {
      kind: 'constant',
      critical: 0.001,
      direction: 'above',
    }),
  };
  const started = Date.now();
  // The worker's minutes pass in less than a second.
  await it.startWorker({ now: () => new Date(t0 + 2 * weekMs + 100 * (Date.now() - started)) });
});
afterAll(() => it.close());

const windows = async (change: { fromMs?: number } = {}) => {
  const { id } = await it.db.profiles.binSet(model.id);
  return it.db.multivariate.list(model.id, id, { environment: 'production', limit: 50, ...change });
};

test('the newest complete week is compared without being asked for', async () => {
  await vi.waitFor(async () => expect((await windows())[0]?.state).toBe('done'), deadline);
  const [newest] = await windows();
  expect(newest).toMatchObject({ source: 'schedule', fromMs: t0 + weekMs, toMs: t0 + 2 * weekMs });
  expect(newest?.result).toMatchObject({ rows: 300, reference_rows: 1200 });
  const { classifier, reconstruction } = newest?.result ?? {};
  expect(reconstruction).toMatchObject({ status: 'ok', threshold_from: 'reference_windows' });
  expect(classifier).toMatchObject({ status: 'ok', drifted: true, n: 300, n_reference: 1200 });
  expect(classifier?.value).toBeGreaterThan(0.75);
  const [picture] = newest?.result?.embeddings ?? [];
  expect(picture).toMatchObject({ name: 'picture', dimensions: 3, n: 300, n_reference: 1000, status: 'ok' });
  expect(newest?.result?.texts).toMatchObject([
    { column: 'remark', n: 300, n_reference: 1000, drifted: true },
  ]);
  expect(classifier?.features.map(({ column }) => column).sort()).toEqual(['distance', 'origin']);
});

const incidentOf = async ({ id }: MonitorRecord) =>
  (await it.db.incidents.list(it.project.id, { limit: 10 })).find(({ monitorId }) => monitorId === id);

test('monitors judge the week once it was compared, by the limit that came with it or by their own', async () => {
  await vi.waitFor(async () => expect(await incidentOf(monitors.auto)).toBeDefined(), deadline);
  const [newest] = await windows();
  const { classifier, reconstruction } = newest?.result ?? {};
  const window = { windowFrom: new Date(t0 + weekMs), windowTo: new Date(t0 + 2 * weekMs), status: 'open' };
  expect(await incidentOf(monitors.auto)).toMatchObject({
    ...window,
    severity: 'warning',
    value: classifier?.value,
    threshold: classifier?.threshold,
    evidence: { n: 300, n_reference: 1200, events: 300, p_value: classifier?.p_value },
  });
  expect(await incidentOf(monitors.constant)).toMatchObject({
    ...window,
    severity: 'critical',
    value: reconstruction?.value,
    threshold: 0.001,
  });
});

test('an asked week is compared too; one like the reference has not drifted, and the reference is not asked again', async () => {
  const { id } = await it.db.profiles.binSet(model.id);
  const asked = { modelId: model.id, binSetId: id, fromMs: t0, toMs: t0 + weekMs } as const;
  await it.db.multivariate.request({ ...asked, environment: 'production', source: 'request' });
  const of = async () => (await windows()).find(({ fromMs }) => fromMs === t0);
  await vi.waitFor(async () => expect((await of())?.state).toBe('done'), deadline);
  const [newest] = await windows();
  const result = (await of())?.result;
  expect(result?.classifier).toMatchObject({ status: 'ok', drifted: false });
  expect(result?.reconstruction).toMatchObject({ status: 'ok', drifted: false });
  expect(result?.classifier.reference_values).toEqual(newest?.result?.classifier.reference_values);
});

test('too few rows are an answer with a status', async () => {
  const { id } = await it.db.profiles.binSet(model.id);
  const asked = { modelId: model.id, binSetId: id, fromMs: t0, toMs: t0 + dayMs / 24 } as const;
  await it.db.multivariate.request({ ...asked, environment: 'production', source: 'request' });
  const of = async () => (await windows()).find(({ toMs }) => toMs === asked.toMs);
  await vi.waitFor(async () => expect((await of())?.state).toBe('done'), deadline);
  expect((await of())?.result).toMatchObject({
    rows: 2,
    classifier: { status: 'insufficient_data', value: null, drifted: false },
    reconstruction: { status: 'insufficient_data', value: null, drifted: false },
  });
});

test('rows received before a window was asked for are in it, though they are in no part yet', async () => {
  const { id } = await it.db.profiles.binSet(model.id);
  const asked = { modelId: model.id, binSetId: id, fromMs: t0 + 5 * weekMs, toMs: t0 + 6 * weekMs } as const;
  await store(it, model.id, { events: week(5) });
  await it.db.multivariate.request({ ...asked, environment: 'production', source: 'request' });
  await it.queue.enqueue('multivariate', { modelId: model.id });
  const of = async () => (await windows()).find(({ toMs }) => toMs === asked.toMs);
  await vi.waitFor(async () => expect((await of())?.state).toBe('done'), deadline);
  expect((await of())?.result?.rows).toBe(300);
  // Like the reference: what the monitor found two weeks before is over.
  await vi.waitFor(async () => {
    expect(await incidentOf(monitors.auto)).toMatchObject({ status: 'resolved' });
  }, deadline);
  const judged = await it.db.monitors.find(model.id, monitors.auto.id);
  expect(judged?.judgedUntil).toEqual(new Date(asked.toMs));
  expect(await incidentOf(monitors.constant)).toMatchObject({ status: 'open' });
});

test('a complete day is compared without being asked for once it has a hundred rows, and judged by day', async () => {
  const { id } = await it.db.profiles.binSet(model.id);
  const days = () =>
    it.db.multivariate.list(model.id, id, { environment: 'production', isDay: true, limit: 50 });
  expect(await days()).toEqual([]);
  const { id: monitorId } = await watch('multivariate_auc', 'day', { kind: 'auto' });
  const dayMsOf = (i: number) => t0 + 3 * dayMs + i * 60_000;
  const more = week(0).map((row, i) => ({ ...row, prediction_id: `d-${i}`, prediction_ms: dayMsOf(i) }));
  await store(it, model.id, { events: more });
  await vi.waitFor(async () => expect((await days()).map(({ state }) => state)).toEqual(['done']), deadline);
  const [only] = await days();
  expect(only).toMatchObject({ source: 'schedule', fromMs: t0 + 3 * dayMs, toMs: t0 + 4 * dayMs });
  expect(only?.result).toMatchObject({ classifier: { status: 'ok', drifted: false } });
  await vi.waitFor(async () => {
    const judged = await it.db.monitors.find(model.id, monitorId);
    expect(judged).toMatchObject({ lastState: 'ok', judgedUntil: new Date(t0 + 4 * dayMs) });
  }, deadline);
});
