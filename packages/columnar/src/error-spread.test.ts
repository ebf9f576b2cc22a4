import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { sampleEvents } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

let open: OpenColumnar;
beforeAll(async () => {
  open = await openColumnar();
});
afterAll(() => open.close());

test.each([
  ['of usual size', 3.5, true],
  ['whose fourth power no double holds', 1e100, false],
  ['of the largest size there is', Number.MAX_VALUE, false],
  ['of the smallest size there is', 5e-324, true],
])('an actual value %s is profiled without overflow', async (_, actual, hasSpread) => {
  const model = sampleModel('regression');
  const events = sampleEvents(20, 4, 'regression').map((row, i) => ({
    ...row,
    event: { ...row.event, prediction_score: i },
    actual: row.actual && { ...row.actual, actual_score: i === 0 ? actual : i + 1 },
  }));
  const first = events.find((row) => row.actual);
  if (first?.actual) first.actual.actual_score = actual;
  const parts = await open.columnar.writeParts(model, await csvRows(open.incoming, events));
  const { performance } = await open.columnar.profile(model, { columns: [] }, parts, {});
  expect(performance.errors?.n).toBeGreaterThan(1);
  expect(performance.errors?.spread !== undefined).toBe(hasSpread);
  expect(JSON.parse(JSON.stringify(performance.errors?.spread ?? null))).toEqual(
    performance.errors?.spread ?? null,
  );
});
