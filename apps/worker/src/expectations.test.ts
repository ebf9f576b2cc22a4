import type { StoredEvent } from '@plumbline/contracts';
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
import { dayMs, hourMs } from './time.ts';

const deadline = { timeout: 15_000, interval: 50 };
let it: TestInstallation;
beforeAll(async () => {
  it = await openInstallation();
});
afterAll(() => it.close());

const day = (number: number, origins: string[]): StoredEvent[] =>
  Array.from({ length: 200 }, (_, i) =>
    event(`d${number}-${i}`, {
      prediction_ms: t0 + number * dayMs + (i % 24) * hourMs,
      features: { distance: i % 50, origin: origins[i % origins.length] ?? 'LAS' },
    }),
  );

test('a monitor of broken expectations opens an incident on the day that breaks one', async () => {
  const model = await putModel(it);
  await putReference(it, model, day(-10, ['JFK', 'LAS']));
  await it.db.expectations.add(model.id, {
    basedOn: 0,
    createdBy: 'ada',
    summary: null,
    expectations: ['distance', 'origin'].map((column) => ({
      source: 'edited',
      expectation: {
        kind: 'known_values',
        column,
        severity: 'warning',
        enabled: column === 'origin',
        parameters: { also: [], mostly: 0.99 },
      },
    })),
  });
  const monitor = await it.db.monitors.create({
    modelId: model.id,
    name: 'Expectations',
    metric: 'broken_expectations',
    columnKey: '',
    granularity: 'day',
    threshold: { kind: 'constant', warning: 0, direction: 'above' },
    persistence: { breaches: 1, of: 1 },
    minN: null,
    channels: [],
    enabled: true,
    createdBy: 'user',
  });
  await it.startWorker();
  await store(it, model.id, { events: [...day(0, ['JFK', 'LAS']), ...day(1, ['jfk', 'LAS'])] });
  await vi.waitFor(async () => {
    const [incident] = await it.db.incidents.list(it.project.id, { limit: 50 });
    expect(incident).toMatchObject({ monitorId: monitor.id, severity: 'warning', value: 1 });
    expect(incident?.windowFrom.getTime()).toBe(t0 + dayMs);
  }, deadline);
  const key = { metric: 'broken_expectations', columnKey: '', granularity: 'day' } as const;
  const { id } = await it.db.profiles.binSet(model.id);
  const points = await it.db.metricPoints.read(
    model.id,
    id,
    { ...key, environment: 'production', version: '' },
    { limit: 10 },
  );
  expect(points.map(({ score }) => score.value)).toEqual([0, 1]);
});
