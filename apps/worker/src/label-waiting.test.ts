import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { event, openInstallation, putModel, store, type TestInstallation, t0 } from './test-installation.ts';
import { dayMs, hourMs } from './time.ts';

let it: TestInstallation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

const rows = Array.from({ length: 200 }, (_, i) => i);
const idOf = (day: number, row: number) => `d${day}-${row}`;
const at = (day: number) => new Date(t0 + day * dayMs);

/** Events predicted `late`. */
const events = (day: number) =>
  rows.map((row) =>
    event(idOf(day, row), { prediction_ms: t0 + day * dayMs + (row % 24) * hourMs, prediction_score: 0.9 }),
  );
const actuals = (day: number, from: number, to: number, label: string) =>
  rows.slice(from, to).map((row) => ({
    prediction_id: idOf(day, row),
    actual_label: label,
    actual_ms: t0 + (day + 1) * dayMs,
  }));

test('a day that is short of labels is not judged, whatever they say, until the others come', async () => {
  const model = await putModel(it);
  const monitor = await it.db.monitors.create({
    modelId: model.id,
    name: 'Accuracy',
    metric: 'accuracy',
    columnKey: '',
    granularity: 'day',
    threshold: { kind: 'constant', warning: 0.8, direction: 'below' },
    persistence: { breaches: 1, of: 1 },
    minN: null,
    channels: [],
    enabled: true,
    createdBy: 'user',
  });
  await it.startWorker();
  const until = (state: object) =>
    vi.waitFor(
      async () => {
        expect(await it.db.monitors.find(model.id, monitor.id)).toMatchObject(state);
        expect(await it.db.profiles.modelsWithStaleHours()).toEqual([]);
      },
      { timeout: 15_000, interval: 50 },
    );
  const incidents = () => it.db.incidents.list(it.project.id, { limit: 5 });

  const days = [0, 1, 2, 3, 4];
  await store(it, model.id, { events: days.flatMap(events) });
  await store(it, model.id, { actuals: days.slice(0, 4).flatMap((day) => actuals(day, 0, 200, 'late')) });
  // The early labels are all the wrong ones.
  await store(it, model.id, { actuals: actuals(4, 0, 60, 'on_time') });
  await until({ judgedUntil: at(4), lastState: 'ok', awaitingLabels: 1 });
  expect(await incidents()).toEqual([]);

  await store(it, model.id, { actuals: actuals(4, 60, 160, 'late') });
  await until({ judgedUntil: at(5), lastState: 'warning', awaitingLabels: 0 });
  const [opened] = await incidents();
  expect(opened?.value).toBeCloseTo(100 / 160, 9);

  await store(it, model.id, { actuals: actuals(4, 160, 200, 'late') });
  await vi.waitFor(async () => expect((await incidents())[0]?.value).toBeCloseTo(0.7, 9), {
    timeout: 15_000,
    interval: 50,
  });
});
