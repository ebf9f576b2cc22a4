import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planBatch } from './plan-batch.ts';
import type { QueuedRow } from './rows.ts';

const limits = { maxBatchRows: 4, maxBatchBytes: 100, flushIntervalMs: 1000 };
const rowsOf = (...sizes: number[]): QueuedRow[] =>
  sizes.map((bytes, i) => ({ json: '{}', bytes, loggedAt: 50 + i }));

test.each([
  ['nothing waits', [], 60, false, { take: 0 }],
  ['a young row waits for the rest of its interval', [10, 10], 60, false, { take: 0, waitMs: 990 }],
  ['the first has waited long enough', [10, 10], 1050, false, { take: 2 }],
  ['a flush does not wait', [10, 10], 60, true, { take: 2 }],
  ['as many rows as fit', [10, 10, 10, 10, 10], 60, false, { take: 4 }],
  ['exactly full by rows', [10, 10, 10, 10], 60, false, { take: 4 }],
  ['as many bytes as fit', [40, 40, 40], 60, false, { take: 2 }],
  ['exactly full by bytes', [60, 40], 60, false, { take: 2 }],
  ['a row larger than a batch goes alone', [500, 10], 60, false, { take: 1 }],
  ['a small row before a larger one does not wait for it', [10, 500], 60, false, { take: 1 }],
])('%s', (_title, sizes, now, isFlushing, plan) => {
  expect(planBatch(rowsOf(...sizes), limits, now, isFlushing)).toEqual(plan);
});

test('batches keep every limit, lose no row and end when flushing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 2, max: 150 }), { maxLength: 60 }), (sizes) => {
      let rest = rowsOf(...sizes);
      const sent: number[] = [];
      while (rest.length > 0) {
        const { take } = planBatch(rest, limits, 51, true);
        const batch = rest.slice(0, take).map(({ bytes }) => bytes);
        const total = batch.reduce((sum, bytes) => sum + bytes, 0);
        expect(take).toBeGreaterThan(0);
        expect(take).toBeLessThanOrEqual(limits.maxBatchRows);
        expect(take === 1 || total <= limits.maxBatchBytes).toBe(true);
        sent.push(...batch);
        rest = rest.slice(take);
      }
      expect(sent).toEqual(sizes);
    }),
  );
});
