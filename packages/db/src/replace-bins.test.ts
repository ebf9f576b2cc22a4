import type { BinSet, Profile } from '@plumbline/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hour, openTestModel, type TestModel, t0, writeProfiles } from './test-model.ts';

let it: TestModel;
beforeAll(async () => {
  it = await openTestModel();
});
afterAll(() => it.close());

const profile = (events: number): Profile => ({ events, columns: {}, performance: { labelled: 0 } });
const row = (start: number) => ({ start, version: '1', environment: 'production', profile: profile(1) });
const bins: BinSet = {
  columns: [{ column: 'features.x', kind: 'numeric', bins: { layout: 'constant', value: 1 } }],
};

test('hours of the past are counted as they are recomputed on bins made anew, until all are', async () => {
  const { profiles } = it.db;
  const reference = { id: crypto.randomUUID(), source: 'upload' as const, rows: 7, minMs: t0, maxMs: t0 };
  const progress = async () => {
    const { hours, profiled, endedAt } = await profiles.recomputation(it.modelId);
    return { hours, profiled, isEnded: endedAt !== null };
  };
  const { id } = await profiles.setReference(it.modelId, reference, [], { columns: [] }, profile(7));
  expect(await progress()).toEqual({ hours: 0, profiled: 0, isEnded: true });
  const starts = [t0, t0 + hour, t0 + 2 * hour];
  await writeProfiles(it, it.modelId, id, starts.map(row));

  await profiles.replaceBins(it.modelId, id, bins, profile(8));
  const active = await profiles.binSet(it.modelId);
  expect(active).toMatchObject({ body: bins, reference, referenceProfile: profile(8) });
  expect(await progress()).toEqual({ hours: 3, profiled: 0, isEnded: false });
  await profiles.replaceBins(it.modelId, id, { columns: [] }, profile(9));
  expect(await profiles.binSet(it.modelId)).toEqual(active);

  const stale = await profiles.staleHours(it.modelId, 9);
  const newest = stale.slice(1);
  await profiles.writeStale(it.modelId, active.id, {
    hours: newest,
    rows: newest.map(({ start }) => row(start)),
    rollUp: () => [],
  });
  expect(await progress()).toEqual({ hours: 3, profiled: 2, isEnded: false });
  expect((await profiles.staleHours(it.modelId, 9)).map((one) => one.profiled)).toEqual([false, true, true]);
  await profiles.clearStale(it.modelId, newest);
  expect(await progress()).toEqual({ hours: 1, profiled: 0, isEnded: false });
  await profiles.clearStale(it.modelId, stale);
  expect(await progress()).toEqual({ hours: 0, profiled: 0, isEnded: true });
});
