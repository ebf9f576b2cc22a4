import { randomUUID } from 'node:crypto';
import { toColumnarModel } from '@plumbline/columnar';
import type { StoredEvent } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  event,
  openInstallation,
  putModel,
  store,
  type TestInstallation,
  t0,
} from '../../test-installation.ts';
import { hourMs } from '../../time.ts';
import { createSchemaWatch, watchSchema } from './watch-schema.ts';

let it: TestInstallation;
let model: ModelRecord;
beforeEach(async () => {
  it = await openInstallation();
  model = await putModel(it);
});
afterEach(() => it.close());

const context = () => ({ ...it, now: () => new Date() });
const watch = () => watchSchema(context(), model);
const changes = async () =>
  (await it.db.schemas.changes(model.id, { limit: 100 }))
    .map(({ feature, kind, from, to, n, modelVersion }) => ({ feature, kind, from, to, n, modelVersion }))
    .toReversed();

let sent = 0;
async function send(count: number, change: (i: number) => Partial<StoredEvent>) {
  const events = Array.from({ length: count }, (_, i) => event(`e-${sent + i}`, change(sent + i)));
  sent += count;
  await store(it, model.id, { events });
  await it.db.parts.mirror(model.id, { maxRows: 100_000, directory: it.dataDir }, async (rows) => {
    const parts = await it.columnar.writeParts(toColumnarModel(model), rows);
    return { parts, touchedHours: await it.columnar.touchedHours(parts) };
  });
}

function refuse(count: number) {
  const batchId = randomUUID();
  return it.db.events.store({
    modelId: model.id,
    batchId,
    kind: 'events',
    events: [],
    actuals: [],
    quarantine: Array.from({ length: count }, (_, index) => ({
      index,
      prediction_id: null,
      code: 'type_mismatch',
      pointer: `/events/${index}/features/distance`,
      detail: 'expected a number, got "far"',
      body: '{}',
    })),
    answer: () => ({ status: 422, body: { batch_id: batchId, accepted: 0, duplicates: 0, rejected: [] } }),
  });
}

const at = (hours: number) => ({ prediction_ms: t0 + hours * hourMs });

test('a feature that stops coming is missing once, and back once when it comes again', async () => {
  await send(300, (i) => at(i / 300));
  await watch();
  expect(await changes()).toEqual([]);
  await send(250, () => ({ ...at(2), model_version: '2', features: { origin: 'LAS' } }));
  await watch();
  await watch();
  const missing = {
    feature: 'distance',
    kind: 'missing',
    from: 'numeric',
    to: null,
    n: 200,
    modelVersion: '2',
  };
  expect(await changes()).toEqual([missing]);
  await send(10, () => ({ ...at(3), model_version: '2' }));
  await Promise.all([watch(), watch(), watch()]);
  expect(await changes()).toEqual([missing, { ...missing, kind: 'back', from: null, to: 'numeric', n: 10 }]);
});

test('rows refused for the type of a feature are a change, and models with refused rows are refreshed', async () => {
  await send(100, () => at(1));
  await refuse(20);
  const look = createSchemaWatch(context());
  await look();
  await look();
  expect(await changes()).toEqual([
    { feature: 'distance', kind: 'retyped', from: 'numeric', to: 'string', n: 20, modelVersion: '1' },
  ]);
});

test('counts by hour are what came and what was refused', async () => {
  await send(30, () => at(1));
  await refuse(20);
  const now = Date.now();
  const hours = await it.db.intake.hours(model.id, now - hourMs, now + hourMs);
  expect(hours.reduce((sum, hour) => sum + hour.accepted, 0)).toBe(30);
  expect(hours.reduce((sum, hour) => sum + hour.rejected, 0)).toBe(20);
  expect(hours.every(({ start }) => start % hourMs === 0)).toBe(true);
  expect(await it.db.intake.receiving(new Date(now - hourMs))).toEqual([
    { modelId: model.id, refused: true },
  ]);
});
