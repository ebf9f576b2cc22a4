import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '@plumbline/contracts';
import type { ModelRecord, NewMonitor } from '@plumbline/db';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  event,
  openInstallation,
  putChannel,
  putModel,
  putReference,
  startReceiver,
  store,
  type TestInstallation,
  t0,
} from './test-installation.ts';
import { dayMs, hourMs } from './time.ts';

const deadline = { timeout: 15_000, interval: 50 };
let it: TestInstallation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

const at = (day: number) => new Date(t0 + day * dayMs).toISOString();

/** 200 events of one day; the share of `JFK` says how far the day is from the reference's one half. */
function day(number: number, jfkShare: number, change: Partial<StoredEvent> = {}): StoredEvent[] {
  return Array.from({ length: 200 }, (_, i) =>
    event(`d${number}-${i}-${randomUUID()}`, {
      prediction_ms: t0 + number * dayMs + (i % 24) * hourMs,
      features: { distance: i % 50, origin: i < 200 * jfkShare ? 'JFK' : 'LAS' },
      ...change,
    }),
  );
}

async function watch(model: ModelRecord, change: Partial<NewMonitor> = {}) {
  return it.db.monitors.create({
    modelId: model.id,
    name: 'Origin drifts',
    metric: 'tvd',
    columnKey: 'features.origin',
    granularity: 'day',
    threshold: { kind: 'constant', warning: 0.1, critical: 0.3, direction: 'above' },
    persistence: { breaches: 1, of: 1 },
    minN: null,
    channels: [],
    enabled: true,
    createdBy: 'user',
    ...change,
  });
}

const incidents = () => it.db.incidents.list(it.project.id, { limit: 50 });

async function until(
  model: ModelRecord,
  monitorId: string,
  state: { lastState?: string; judgedUntil: string },
) {
  await vi.waitFor(async () => {
    const monitor = await it.db.monitors.find(model.id, monitorId);
    expect(monitor?.judgedUntil?.toISOString()).toBe(state.judgedUntil);
    if (state.lastState) expect(monitor?.lastState).toBe(state.lastState);
    expect(await it.db.profiles.modelsWithStaleHours()).toEqual([]);
  }, deadline);
}

async function driftingModel() {
  const model = await putModel(it);
  await putReference(it, model, day(-10, 0.5));
  return model;
}

test('a breach opens one incident, grows with it, escalates and ends with it; each is told once', async () => {
  const receiver = await startReceiver(it, [200]);
  const channel = await putChannel(it, receiver.url);
  const model = await driftingModel();
  const monitor = await watch(model, { channels: [channel.id] });
  await it.startWorker();

  await store(it, model.id, { events: day(0, 0.5) });
  await until(model, monitor.id, { lastState: 'ok', judgedUntil: at(1) });
  expect(await incidents()).toEqual([]);

  await store(it, model.id, { events: day(1, 0.7) });
  await until(model, monitor.id, { lastState: 'warning', judgedUntil: at(2) });
  const [opened] = await incidents();
  expect(opened).toMatchObject({
    status: 'open',
    severity: 'warning',
    threshold: 0.1,
    windowFrom: new Date(at(1)),
  });
  expect(opened?.value).toBeCloseTo(0.2, 9);
  expect(opened?.evidence).toMatchObject({ n: 200, n_reference: 200, label_coverage: 0, column: 'origin' });
  expect(opened?.evidence.bins).toHaveLength(2);

  await store(it, model.id, { events: day(2, 1) });
  await until(model, monitor.id, { lastState: 'critical', judgedUntil: at(3) });
  await store(it, model.id, { events: day(3, 0.5) });
  await until(model, monitor.id, { lastState: 'ok', judgedUntil: at(4) });
  const all = await incidents();
  expect(all).toHaveLength(1);
  expect(all[0]).toMatchObject({ id: opened?.id, status: 'resolved', severity: 'critical', threshold: 0.3 });
  expect(all[0]?.breachFrom).toEqual(new Date(at(1)));
  expect(all[0]?.breachTo).toEqual(new Date(at(3)));

  const timeline = await it.db.incidents.timeline(opened?.id ?? '');
  expect(timeline.map((entry) => entry.kind)).toEqual(['opened', 'escalated', 'resolved']);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3), deadline);
  const types = receiver.received.map(({ body }) => JSON.parse(body).type);
  expect(types).toEqual(['incident.opened', 'incident.escalated', 'incident.resolved']);
  const told = JSON.parse(receiver.received[0]?.body ?? '').data.incident;
  expect(told).toMatchObject({
    model: model.slug,
    metric: 'tvd',
    column: 'origin',
    window: { from: at(1), to: at(2) },
  });
  expect(told.url).toBe(`http://plumbline.test/incidents/${opened?.id}`);
});

test('a snoozed incident escalates without telling anyone', async () => {
  const receiver = await startReceiver(it, [200]);
  const channel = await putChannel(it, receiver.url);
  const model = await driftingModel();
  const monitor = await watch(model, { channels: [channel.id] });
  await it.startWorker();
  await store(it, model.id, { events: day(0, 0.7) });
  await until(model, monitor.id, { lastState: 'warning', judgedUntil: at(1) });
  const [opened] = await incidents();
  const snoozed = { status: 'snoozed' as const, snoozedUntil: new Date(Date.now() + dayMs) };
  await it.db.incidents.apply({ incidentId: opened?.id ?? '', set: snoozed, entry: null, notify: null });
  await store(it, model.id, { events: day(1, 1) });
  await until(model, monitor.id, { lastState: 'critical', judgedUntil: at(2) });
  expect((await incidents())[0]).toMatchObject({ status: 'snoozed', severity: 'critical' });
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), deadline);
  expect(await it.db.deliveries.due(new Date(), 10)).toEqual([]);
});

test('a new monitor judges the history; validation events, versions and disabled monitors play no part', async () => {
  const model = await driftingModel();
  await it.startWorker();
  await store(it, model.id, { events: [...day(0, 0.5), ...day(1, 1, { environment: 'validation' })] });
  await store(it, model.id, {
    events: [...day(1, 0.5, { model_version: '2' }), ...day(2, 1, { model_version: '3' })],
  });
  const [daily, weekly, off] = [
    await watch(model),
    await watch(model, { granularity: 'week', name: 'weekly' }),
    await watch(model, { enabled: false, name: 'off' }),
  ];
  await it.queue.enqueue('judge', { modelId: model.id });
  await until(model, daily.id, { lastState: 'critical', judgedUntil: at(3) });
  await until(model, weekly.id, { lastState: 'warning', judgedUntil: at(7) });
  expect((await it.db.monitors.find(model.id, off.id))?.lastState).toBe('waiting');
  expect((await incidents()).map((incident) => incident.monitorId).toSorted()).toEqual(
    [daily.id, weekly.id].toSorted(),
  );
});

test('late labels change the judgement of a past window', async () => {
  const model = await putModel(it);
  const monitor = await watch(model, {
    metric: 'accuracy',
    columnKey: '',
    threshold: { kind: 'constant', critical: 0.6, direction: 'below' },
  });
  await it.startWorker();
  const events = day(0, 0.5);
  await store(it, model.id, { events });
  const label = (actual_label: string) =>
    events.map(({ prediction_id }) => ({ prediction_id, actual_label }));
  await store(it, model.id, { actuals: label('on_time') });
  await until(model, monitor.id, { lastState: 'critical', judgedUntil: at(1) });
  expect(await incidents()).toMatchObject([{ status: 'open', value: 0, columnKey: '' }]);
  await store(it, model.id, { actuals: label('late') });
  await until(model, monitor.id, { lastState: 'ok', judgedUntil: at(1) });
  expect(await incidents()).toMatchObject([{ status: 'resolved' }]);
});

/** Shares of `JFK` on the 14 days of a reference; apps/api/src/preview-thresholds.test.ts previews the same rows. */
const referenceShares = Array.from({ length: 14 }, (_, i) => 0.5 + 0.02 * ((i % 5) - 2));

test('an auto threshold is learnt from the days of the reference; two of three days beyond it open an incident', async () => {
  const model = await putModel(it);
  await putReference(
    it,
    model,
    referenceShares.flatMap((share, i) => day(i - 14, share)),
  );
  const monitor = await watch(model, {
    metric: 'js_distance',
    threshold: { kind: 'auto' },
    persistence: { breaches: 2, of: 3 },
  });
  await it.startWorker();
  await store(it, model.id, {
    events: [0.5, 0.54, 0.75, 0.5, 0.75].flatMap((share, i) => day(i, share)),
  });
  await until(model, monitor.id, { lastState: 'critical', judgedUntil: at(5) });
  const [opened, ...others] = await incidents();
  expect(others).toEqual([]);
  expect(opened).toMatchObject({ breachFrom: new Date(at(2)), breachTo: new Date(at(5)) });
  expect(opened?.value).toBeCloseTo(0.2232784, 6);
  expect(opened?.threshold).toBeCloseTo(2 * 0.0718021, 6);
  expect(opened?.evidence.p_value).toBeLessThan(1e-6);
});

test('a sigma threshold looks back on the windows before, and is judged again when one of them changes', async () => {
  const model = await putModel(it);
  const monitor = await watch(model, {
    metric: 'volume',
    columnKey: '',
    threshold: { kind: 'sigma', critical: 3, direction: 'below', windows: 10 },
  });
  await it.startWorker();
  const some = (number: number, n: number) => day(number, 0.5).slice(0, n);
  await store(it, model.id, {
    events: [200, 180, 200, 180, 200, 180, 60].flatMap((n, i) => some(i, n)),
  });
  await until(model, monitor.id, { lastState: 'critical', judgedUntil: at(7) });
  expect((await incidents())[0]).toMatchObject({ status: 'open', value: 60 });
  await store(it, model.id, { events: some(6, 130) });
  await until(model, monitor.id, { lastState: 'ok', judgedUntil: at(7) });
  expect((await incidents())[0]).toMatchObject({ status: 'resolved' });
});

test('judging again changes nothing and tells no one', async () => {
  const model = await driftingModel();
  const monitor = await watch(model);
  await it.startWorker();
  await store(it, model.id, { events: day(0, 1) });
  await until(model, monitor.id, { judgedUntil: at(1) });
  const before = await incidents();
  for (let i = 0; i < 3; i += 1) await it.queue.enqueue('judge', { modelId: model.id });
  await vi.waitFor(async () => expect(await it.queue.depth()).toBeLessThanOrEqual(1), deadline);
  expect(await incidents()).toEqual(before);
  expect(await it.db.incidents.timeline(before[0]?.id ?? '')).toHaveLength(1);
});
