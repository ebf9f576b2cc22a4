import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PartRef } from './columnar.ts';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { sampleEvents } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

const model = sampleModel();
const first = sampleEvents(400, 7);
/** Half of them again under other ids, five minutes later. */
const again = first.slice(0, 200).map(({ event }) => ({
  event: {
    ...event,
    prediction_id: `again ${event.prediction_id}`,
    prediction_ms: event.prediction_ms + 300_000,
  },
  actual: null,
}));
const events = [...first, ...again];
const columns = [
  'features.distance',
  'features.origin',
  'features.weekday',
  'features.note',
  'features.never',
];
const hour = 3_600_000;

let open: OpenColumnar;
let parts: PartRef[];
beforeAll(async () => {
  open = await openColumnar();
  parts = [];
  for (const some of [first, again])
    parts.push(...(await open.columnar.writeParts(model, await csvRows(open.incoming, some))));
});
afterAll(() => open.close());

const content = ({ event: { features } }: (typeof events)[number]) =>
  JSON.stringify(['distance', 'origin', 'weekday', 'note'].map((name) => features[name] ?? null));

test.each([
  ['hour', hour],
  ['day', 24 * hour],
  ['all', Number.POSITIVE_INFINITY],
] as const)('by %s, rows and different contents are those of a plain count', async (grain, length) => {
  const slots = new Map<number, string[]>();
  for (const row of events) {
    const start = grain === 'all' ? 0 : Math.floor(row.event.prediction_ms / length) * length;
    slots.set(start, [...(slots.get(start) ?? []), content(row)]);
  }
  const wanted = [...slots]
    .sort(([a], [b]) => a - b)
    .map(([start, contents]) => ({ start, rows: contents.length, distinct: new Set(contents).size }));
  expect(await open.columnar.distinctRows(model, parts, {}, { columns, grain })).toEqual(wanted);
});

test('without columns all rows are the same, and of no parts there are none', async () => {
  const plain = { columns: [], grain: 'all' as const };
  expect(await open.columnar.distinctRows(model, parts, {}, plain)).toEqual([
    { start: 0, rows: 600, distinct: 1 },
  ]);
  expect(await open.columnar.distinctRows(model, [], {}, plain)).toEqual([]);
});
