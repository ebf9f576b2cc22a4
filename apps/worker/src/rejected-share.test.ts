import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { event, openInstallation, putModel, store, type TestInstallation } from './test-installation.ts';

let it: TestInstallation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

async function refuse(modelId: string, count: number) {
  const batchId = randomUUID();
  const row = {
    prediction_id: null,
    code: 'unknown_field',
    pointer: '/events/0/odd',
    detail: '',
    body: '{}',
  };
  await it.db.events.store({
    modelId,
    batchId,
    kind: 'events',
    events: [],
    actuals: [],
    quarantine: Array.from({ length: count }, (_, index) => ({ ...row, index })),
    answer: () => ({ status: 422, body: { batch_id: batchId, accepted: 0, duplicates: 0, rejected: [] } }),
  });
}

test('a monitor of the rejected share opens an incident although nothing of what came was stored', async () => {
  const model = await putModel(it);
  const monitor = await it.db.monitors.create({
    modelId: model.id,
    name: 'Rows are refused',
    metric: 'rejected_share',
    columnKey: '',
    granularity: 'day',
    threshold: { kind: 'constant', warning: 0.1, critical: 0.5, direction: 'above' },
    persistence: { breaches: 1, of: 1 },
    minN: null,
    channels: [],
    enabled: true,
    createdBy: 'user',
  });
  await store(it, model.id, { events: Array.from({ length: 60 }, (_, i) => event(`e-${i}`)) });
  await refuse(model.id, 40);
  await it.startWorker();
  await vi.waitFor(
    async () => {
      const [incident] = await it.db.incidents.list(it.project.id, { limit: 10 });
      expect(incident).toMatchObject({ monitorId: monitor.id, severity: 'warning', value: 0.4 });
    },
    { timeout: 15_000, interval: 50 },
  );
});
