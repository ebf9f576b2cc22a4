import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sample } from './arbitraries.ts';
import { binIndex } from './bin-index.ts';
import { binnedWasserstein } from './binned-wasserstein.ts';
import { expectClose } from './expect-close.ts';
import { readFixture } from './read-fixture.ts';
import { wasserstein } from './wasserstein.ts';
import { wassersteinErrorBound } from './wasserstein-error-bound.ts';
import { weightedWasserstein } from './weighted-wasserstein.ts';

const fixture = readFixture<{
  cases: { title: string; a: number[]; b: number[]; wasserstein: number }[];
  weighted: { a: number[]; aWeights: number[]; b: number[]; bWeights: number[]; wasserstein: number }[];
}>('samples');

function bin(a: number[], b: number[], inner: number[]) {
  const all = [...a, ...b];
  const ends = [Math.min(...all), ...inner, Math.max(...all)];
  const bins = {
    referenceCounts: new Float64Array(inner.length + 1),
    referenceSums: new Float64Array(inner.length + 1),
    currentCounts: new Float64Array(inner.length + 1),
    currentSums: new Float64Array(inner.length + 1),
    lowerEdges: ends.slice(0, -1),
    upperEdges: ends.slice(1),
  };
  const add = (counts: Float64Array, sums: Float64Array, values: number[]) => {
    for (const value of values) {
      const index = binIndex([-Number.MAX_VALUE, ...inner, Number.MAX_VALUE], value) ?? 0;
      counts[index - 1] = (counts[index - 1] ?? 0) + 1;
      sums[index - 1] = (sums[index - 1] ?? 0) + value;
    }
  };
  add(bins.referenceCounts, bins.referenceSums, a);
  add(bins.currentCounts, bins.currentSums, b);
  return bins;
}

describe('Wasserstein distance equals scipy', () => {
  test.each(fixture.cases)('$title', ({ a, b, wasserstein: expected }) => {
    expectClose(wasserstein(a, b), expected);
  });

  test.each(fixture.weighted)(
    'weighted, $wasserstein',
    ({ a, aWeights, b, bWeights, wasserstein: expected }) => {
      const current = { values: b, weights: bWeights };
      expectClose(weightedWasserstein({ values: a, weights: aWeights }, current), expected);
    },
  );

  test('published values', () => {
    const x = [38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58];
    const y = [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8];
    expectClose(wasserstein([0, 1, 3], [5, 6, 8]), 5, 1e-12);
    expectClose(wasserstein(x, y), 4.1625, 1e-12);
    expectClose(
      weightedWasserstein({ values: [0, 1], weights: [3, 1] }, { values: [0, 1], weights: [2, 2] }),
      0.25,
      1e-12,
    );
    expectClose(
      weightedWasserstein(
        { values: [3.4, 3.9, 7.5, 7.8], weights: [1.4, 0.9, 3.1, 7.2] },
        { values: [4.5, 1.4], weights: [3.2, 3.5] },
      ),
      4.078133143804786,
      1e-12,
    );
  });
});

describe('Wasserstein distance', () => {
  test('is 0 on itself, symmetric, moves with a shift and grows with the scale', () => {
    fc.assert(
      fc.property(sample, sample, fc.integer({ min: -100, max: 100 }), (a, b, shift) => {
        const value = wasserstein(a, b) ?? -1;
        const moved = a.map((v) => v + shift);
        expect(wasserstein(a, a)).toBe(0);
        expectClose(wasserstein(b, a), value, 1e-12);
        expectClose(wasserstein(a, moved), Math.abs(shift));
        const scaled = wasserstein(
          a.map((v) => 3 * v),
          b.map((v) => 3 * v),
        );
        expectClose(scaled, 3 * value);
        return value >= 0;
      }),
    );
  });

  test('drops non-finite values and is undefined without finite ones', () => {
    expect(wasserstein([1, Number.NaN], [3, -Infinity])).toBe(2);
    expect(wasserstein([], [1])).toBeUndefined();
    expect(weightedWasserstein({ values: [1], weights: [0] }, { values: [1], weights: [1] })).toBeUndefined();
  });
});

describe('binned Wasserstein distance', () => {
  test('lies within its error bound of the exact distance', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const bins = bin(a, b, [-2, 0, 0.5, 3, 100]);
        const exact = wasserstein(a, b) ?? Number.NaN;
        const value = binnedWasserstein(bins) ?? Number.NaN;
        const bound = wassersteinErrorBound(withOrderedEnds(bins)) ?? Number.NaN;
        return Math.abs(exact - value) <= bound + 1e-8;
      }),
      { numRuns: 1000 },
    );
  });

  test('is exact with bound 0 when the samples do not overlap in any bin', () => {
    const bins = bin([1, 2, 3, 11], [21, 22, 35], [10, 20, 30]);
    expect(wassersteinErrorBound(bins)).toBe(0);
    expectClose(binnedWasserstein(bins), wasserstein([1, 2, 3, 11], [21, 22, 35]) ?? null, 1e-12);
  });

  test('is undefined when a side is empty or an occupied bin has no finite end', () => {
    const bins = bin([1, 2], [2, 3], [1.5]);
    expect(binnedWasserstein({ ...bins, currentCounts: [0, 0] })).toBeUndefined();
    expect(wassersteinErrorBound({ ...bins, currentCounts: [0, 0] })).toBeUndefined();
    expect(binnedWasserstein({ ...bins, currentSums: [0, Number.NaN] })).toBeUndefined();
    expect(wassersteinErrorBound({ ...bins, upperEdges: [1.5, Infinity] })).toBeUndefined();
  });

  test('does not depend on the origin of the sums', () => {
    const a = [1, 2, 4, 9];
    const b = [2, 3, 3, 12];
    const move = (values: number[]) => values.map((v) => v - 5);
    const shifted = bin(move(a), move(b), move([2.5, 6]));
    expectClose(binnedWasserstein(shifted), binnedWasserstein(bin(a, b, [2.5, 6])) ?? null, 1e-12);
    expectClose(wassersteinErrorBound(shifted), wassersteinErrorBound(bin(a, b, [2.5, 6])) ?? null, 1e-12);
  });
});

/** Bins beyond the data have crossed ends; they hold no rows, so any interval will do. */
function withOrderedEnds(bins: ReturnType<typeof bin>) {
  return {
    ...bins,
    lowerEdges: bins.lowerEdges.map((lower, i) => Math.min(lower, bins.upperEdges[i] ?? lower)),
    upperEdges: bins.upperEdges.map((upper, i) => Math.max(upper, bins.lowerEdges[i] ?? upper)),
  };
}
