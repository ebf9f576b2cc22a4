import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { event, openInstallation, putModel, store, type TestInstallation } from './test-installation.ts';
import { hourMs } from './time.ts';

let it: TestInstallation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

const thisHour = Math.floor(Date.now() / hourMs) * hourMs;
const deadline = { timeout: 15_000, interval: 50 };

/** A model with a monitor that wants an event an hour, and one event in each of two hours up to `newestMs`. */
async function watched(newestMs: number) {
  const model = await putModel(it);
  const monitor = await it.db.monitors.create({
    modelId: model.id,
    name: 'No data',
    metric: 'volume',
    columnKey: '',
    granularity: 'hour',
    threshold: { kind: 'constant', critical: 1, direction: 'below' },
    persistence: { breaches: 1, of: 1 },
    minN: null,
    channels: [],
    enabled: true,
    createdBy: 'user',
  });
  const hours = [newestMs - hourMs, newestMs];
  await store(it, model.id, {
    events: hours.map((ms, i) => event(`e${i}`, { prediction_ms: ms })),
  });
  const judgedUntil = (ms: number) =>
    vi.waitFor(async () => {
      expect((await it.db.monitors.find(model.id, monitor.id))?.judgedUntil).toEqual(new Date(ms));
    }, deadline);
  return { model, judgedUntil };
}

test('a stream that stops opens an incident once an hour without events is over, and closes it when it goes on', async () => {
  const { model, judgedUntil } = await watched(thisHour);
  const first = await it.startWorker();
  await judgedUntil(thisHour + hourMs);
  expect(await it.db.incidents.list(it.project.id, { limit: 5 })).toEqual([]);
  await first.close();

  const later = new Date(thisHour + 2.5 * hourMs);
  expect(await it.db.monitors.modelsFallenSilent(['volume'], later)).toEqual([model.id]);
  await it.startWorker({ now: () => later });
  await judgedUntil(thisHour + 2 * hourMs);
  const [opened] = await it.db.incidents.list(it.project.id, { limit: 5 });
  expect(opened).toMatchObject({ status: 'open', severity: 'critical', metric: 'volume', value: 0 });
  expect(opened?.windowFrom).toEqual(new Date(thisHour + hourMs));

  await store(it, model.id, { events: [event('e9', { prediction_ms: thisHour + 2 * hourMs })] });
  await vi.waitFor(async () => {
    const [resolved] = await it.db.incidents.list(it.project.id, { limit: 5 });
    expect(resolved).toMatchObject({ id: opened?.id, status: 'resolved' });
  }, deadline);
});

test('history that was sent later is not a stream that stopped', async () => {
  const newestMs = thisHour - 100 * hourMs;
  const { judgedUntil } = await watched(newestMs);
  await it.startWorker();
  await judgedUntil(newestMs + hourMs);
  expect(await it.db.monitors.modelsFallenSilent(['volume'], new Date())).toEqual([]);
  expect(await it.db.incidents.list(it.project.id, { limit: 5 })).toEqual([]);
});
