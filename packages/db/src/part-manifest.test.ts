import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewPart, PartKind } from './part.ts';
import { hour, openTestModel, type TestModel, t0 } from './test-model.ts';

let it: TestModel;
beforeAll(async () => {
  it = await openTestModel();
});
afterAll(() => it.close());

const part = (fromHour: number, toHour: number, kind: PartKind = 'events'): NewPart => {
  const id = crypto.randomUUID();
  const range = { minMs: t0 + fromHour * hour, maxMs: t0 + toHour * hour };
  return { id, kind, path: `parts/${id}.parquet`, rows: 3, bytes: 5_000_000_000, ...range };
};
const add = (...parts: NewPart[]) => it.db.parts.replace(it.modelId, [], parts);
const liveIds = async (options?: Parameters<typeof it.db.parts.live>[1]) =>
  (await it.db.parts.live(it.modelId, options)).map((found) => found.id);

describe('parts', () => {
  test('are live by kind and when their range touches [fromMs, toMs)', async () => {
    const [a, b, c] = [part(0, 1), part(1, 2), part(5, 6, 'actuals')];
    await add(a, b, c);
    expect(await liveIds()).toEqual([a.id, b.id, c.id]);
    expect(await liveIds({ kinds: ['actuals', 'reference'] })).toEqual([c.id]);
    expect(await liveIds({ fromMs: t0 + hour })).toEqual([a.id, b.id, c.id]);
    expect(await liveIds({ fromMs: t0 + hour + 1, toMs: t0 + 5 * hour })).toEqual([b.id]);
    expect(await liveIds({ toMs: t0 })).toEqual([]);
    await it.db.parts.replace(it.modelId, [a.id, b.id, c.id], []);
  });

  test('are swapped all or not at all', async () => {
    const [a, b, merged, stale] = [part(0, 1), part(1, 2), part(0, 2), part(0, 2)];
    await add(a, b);
    expect(await it.db.parts.replace(it.modelId, [a.id, b.id], [merged])).toBe(true);
    expect(await it.db.parts.replace(it.modelId, [merged.id, a.id], [stale])).toBe(false);
    expect(await it.db.parts.replace(it.modelId, [crypto.randomUUID()], [stale])).toBe(false);
    expect(await liveIds()).toEqual([merged.id]);
    await it.db.parts.replace(it.modelId, [merged.id], []);
  });

  test('are swapped by one of many who try', async () => {
    const a = part(0, 1);
    await add(a);
    const tries = Array.from({ length: 8 }, () => it.db.parts.replace(it.modelId, [a.id], [part(0, 1)]));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect(await liveIds()).toHaveLength(1);
  });

  test('that were replaced are listed until they are forgotten; live ones cannot be', async () => {
    const a = part(0, 1);
    await add(a);
    const replaced = await it.db.parts.replacedBefore(new Date(Date.now() + 60_000));
    expect(replaced.length).toBeGreaterThan(0);
    expect(replaced[0]).toMatchObject({ modelId: it.modelId, bytes: 5_000_000_000 });
    expect(await it.db.parts.replacedBefore(new Date(Date.now() - 60_000))).toEqual([]);
    await it.db.parts.forget(it.modelId, [a.id, ...replaced.map((found) => found.id)]);
    expect(await it.db.parts.replacedBefore(new Date(Date.now() + 60_000))).toEqual([]);
    expect(await liveIds()).toContain(a.id);
  });
});
