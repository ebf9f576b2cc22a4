import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sample } from './arbitraries.ts';
import { binIndex } from './bin-index.ts';
import { expectClose } from './expect-close.ts';
import { quantileEdges } from './quantile-edges.ts';
import { quantileSorted } from './quantile-sorted.ts';
import { readFixture } from './read-fixture.ts';

const { quantileSorted: quantiles } = readFixture<{
  quantileSorted: { values: number[]; p: number; value: number }[];
}>('intervals');

describe('binIndex', () => {
  test.each([
    [-0.1, 0],
    [0, 1],
    [0.99, 1],
    [1, 2],
    [2, 3],
    [2.5, 3],
    [3, 3],
    [3.01, 4],
    [Number.NaN, undefined],
    [Infinity, undefined],
  ])('of %d on edges 0, 1, 2, 3 is %s', (x, expected) => {
    expect(binIndex([0, 1, 2, 3], x)).toBe(expected);
  });

  test('agrees with a linear search', () => {
    const sorted = fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(sorted, fc.integer({ min: -25, max: 25 }), (values, x) => {
        const edges = values.toSorted((a, b) => a - b);
        const last = edges.at(-1) ?? 0;
        const expected = x === last ? edges.length - 1 : edges.filter((edge) => edge <= x).length;
        expect(binIndex(edges, x)).toBe(expected);
      }),
    );
  });

  test('is undefined without a bin', () => {
    expect(binIndex([1], 1)).toBeUndefined();
  });
});

describe('quantileSorted', () => {
  test.each(quantiles)('equals numpy: p $p of $values', ({ values, p, value }) => {
    expectClose(quantileSorted(values, p), value, 1e-12);
  });

  test('is undefined without values or outside [0, 1]', () => {
    expect(quantileSorted([], 0.5)).toBeUndefined();
    expect(quantileSorted([1, 2], 1.5)).toBeUndefined();
    expect(quantileSorted([1, 2], Number.NaN)).toBeUndefined();
  });
});

describe('quantileEdges', () => {
  test('ascend strictly from the smallest to the largest value', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 1, max: 20 }), (values, bins) => {
        const sorted = Float64Array.from(values).sort();
        const edges = quantileEdges(sorted, bins);
        if (sorted[0] === sorted.at(-1)) {
          expect(edges).toBeUndefined();
          return;
        }
        expect(edges?.[0]).toBe(sorted[0]);
        expect(edges?.at(-1)).toBe(sorted.at(-1));
        expect(edges?.length).toBeLessThanOrEqual(bins + 1);
        expect(edges?.every((edge, i) => i === 0 || edge > (edges[i - 1] ?? Infinity))).toBe(true);
      }),
    );
  });

  test('hold equal shares of continuous values', () => {
    const sorted = Float64Array.from({ length: 1000 }, (_, i) => i ** 1.5);
    const counts = new Array<number>(12).fill(0);
    const edges = quantileEdges(sorted, 10) ?? [];
    for (const value of sorted) {
      const bin = binIndex(edges, value) ?? 0;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    expect(counts).toEqual([0, ...new Array<number>(10).fill(100), 0]);
  });

  test('are undefined for a constant column, no values or no bins', () => {
    expect(quantileEdges(Float64Array.of(4, 4, 4), 10)).toBeUndefined();
    expect(quantileEdges(new Float64Array(0), 10)).toBeUndefined();
    expect(quantileEdges(Float64Array.of(1, 2), 0)).toBeUndefined();
  });
});
