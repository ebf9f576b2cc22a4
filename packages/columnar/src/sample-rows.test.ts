import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PartRef } from './columnar.ts';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { sampleEvents } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

const model = sampleModel();
const events = sampleEvents(1000, 7);
const columns = ['features.distance', 'features.origin', `features.a'b".c/~\\ 😀`, 'features.never'];

let open: OpenColumnar;
let inOne: PartRef[];
let inThree: PartRef[];
beforeAll(async () => {
  open = await openColumnar();
  const write = async (from: number, to?: number) =>
    open.columnar.writeParts(model, await csvRows(open.incoming, events.slice(from, to)));
  inOne = await write(0);
  inThree = [...(await write(0, 300)), ...(await write(300, 400)), ...(await write(400))];
});
afterAll(() => open.close());

const sample = (parts: PartRef[], limit: number, selection = {}) =>
  open.columnar.sample(model, parts, selection, { columns, limit });

test('gives every row of a small selection with its values, in the order of time', async () => {
  const drawn = await sample(inOne, 10_000);
  const value = <T>(found: T | null | undefined) => found ?? null;
  expect([...drawn.times]).toEqual(events.map(({ event }) => event.prediction_ms));
  const [distance, origin, flag, never] = drawn.columns.map(({ values }) => [...values]);
  expect(origin).toEqual(events.map(({ event }) => value(event.features.origin)));
  expect(flag).toEqual(events.map(({ event }) => value(event.features[`a'b".c/~\\ 😀`])?.toString() ?? null));
  expect(distance).toEqual(events.map(({ event }) => event.features.distance ?? Number.NaN));
  expect(new Set(never)).toEqual(new Set([Number.NaN]));
});

test('draws the same rows however the parts are cut, spread over the whole time', async () => {
  const drawn = await sample(inOne, 200);
  expect(drawn.times).toHaveLength(200);
  expect(await sample(inThree, 200)).toEqual(drawn);
  const middle = events[500]?.event.prediction_ms ?? 0;
  const early = drawn.times.filter((time) => time < middle).length;
  expect(early).toBeGreaterThan(70);
  expect(early).toBeLessThan(130);
});

test('draws from the selection alone', async () => {
  const fromMs = events[100]?.event.prediction_ms ?? 0;
  const drawn = await sample(inOne, 50, { fromMs, environment: 'validation' });
  const wanted = events.filter(
    ({ event }) => event.prediction_ms >= fromMs && event.environment === 'validation',
  );
  const times = new Set(wanted.map(({ event }) => event.prediction_ms));
  expect(drawn.times).toHaveLength(50);
  expect([...drawn.times].every((time) => times.has(time))).toBe(true);
});

test('of no parts, no rows', async () => {
  expect((await sample([], 10)).times).toHaveLength(0);
});

test('gives the vectors of the rows that have some, by the name of the embedding', async () => {
  const withVector = events.filter(({ event }) => event.embedding_features);
  const drawn = await open.columnar.sampleVectors(model, inThree, {}, 10_000);
  expect([...drawn.keys()]).toEqual(['picture']);
  expect([...(drawn.get('picture')?.times ?? [])]).toEqual(
    withVector.map(({ event }) => event.prediction_ms),
  );
  expect(drawn.get('picture')?.vectors).toEqual(withVector.map(() => [0.5, 1]));
  expect((await open.columnar.sampleVectors(model, inOne, {}, 20)).get('picture')?.times).toHaveLength(20);
  expect((await open.columnar.sampleVectors(model, [], {}, 20)).size).toBe(0);
});
