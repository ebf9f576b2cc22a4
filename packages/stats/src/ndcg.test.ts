import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from './expect-close.ts';
import { ndcg } from './ndcg.ts';
import { readFixture } from './read-fixture.ts';

const { ndcg: cases } = readFixture<{ ndcg: { gains: number[]; scores: number[]; value: number }[] }>(
  'drift-rules',
);
const gain = fc.double({ min: 0, max: 100, noNaN: true });

describe('ndcg', () => {
  test.each(cases)('equals scikit-learn: $value', ({ gains, scores, value }) => {
    expectClose(ndcg(gains, scores), value, 1e-12);
  });

  test('of the published rows', () => {
    expectClose(ndcg([10, 0, 0, 1, 5], [0.1, 0.2, 0.3, 4, 70]), 0.695694, 1e-7);
    expectClose(ndcg([10, 0, 0, 1, 5], [0.05, 1.1, 1, 0.5, 0]), 0.4936802, 1e-6);
    expectClose(ndcg([10, 0, 0, 1, 5], [0.05, 1.1, 1, 0.5, 0], 4), 0.3520241, 1e-6);
  });

  test('is 1 in the right order, in [0, 1] otherwise, whatever the order of the items', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(gain, gain), { minLength: 1, maxLength: 12 }), (items) => {
        const gains = items.map(([g]) => g);
        const scores = items.map(([, s]) => s);
        const value = ndcg(gains, scores);
        if (value === undefined) return gains.every((g) => g === 0);
        expectClose(ndcg(gains, gains), 1, 1e-12);
        expectClose(ndcg(gains.toReversed(), scores.toReversed()), value, 1e-9);
        return value >= 0 && value <= 1;
      }),
    );
  });

  test('is undefined without gains, and for negative ones', () => {
    expect(ndcg([], [])).toBeUndefined();
    expect(ndcg([0, 0], [1, 2])).toBeUndefined();
    expect(ndcg([1, -1], [1, 2])).toBeUndefined();
    expect(() => ndcg([1], [])).toThrow(RangeError);
  });
});
