import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { andersonDarlingPValue } from './anderson-darling-p-value.ts';
import { andersonDarlingStatistic } from './anderson-darling-statistic.ts';
import { countPairs, sample } from './arbitraries.ts';
import { cramerVonMisesPValue } from './cramer-von-mises-p-value.ts';
import { cramerVonMisesStatistic } from './cramer-von-mises-statistic.ts';
import { cramersV } from './cramers-v.ts';
import { energyDistance } from './energy-distance.ts';
import { eppsSingleton } from './epps-singleton.ts';
import { expectClose } from './expect-close.ts';
import { gTest } from './g-test.ts';
import { mannWhitney } from './mann-whitney.ts';
import { maximumMeanDiscrepancy } from './maximum-mean-discrepancy.ts';
import { medianDistance } from './median-distance.ts';
import { normalQuantile } from './normal-quantile.ts';
import { permutationPValue } from './permutation-p-value.ts';
import { pooledGroups } from './pooled-groups.ts';
import { scaledWasserstein } from './scaled-wasserstein.ts';
import { tTest } from './t-test.ts';

/** A fixed sequence of numbers in [0, 1). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const cvm = (a: number[], b: number[]) =>
  cramerVonMisesPValue(cramerVonMisesStatistic(pooledGroups(a, b)) ?? Number.NaN, a.length, b.length);

/** Everything that has a p and does not assume values without ties. */
const pValues = {
  andersonDarling: (a: number[], b: number[]) => {
    const statistic = andersonDarlingStatistic(pooledGroups(a, b));
    return statistic === undefined ? undefined : andersonDarlingPValue(statistic).pValue;
  },
  mannWhitney: (a: number[], b: number[]) => mannWhitney(pooledGroups(a, b))?.pValue,
  student: (a: number[], b: number[]) => tTest(a, b, 'equal')?.pValue,
  welch: (a: number[], b: number[]) => tTest(a, b, 'unequal')?.pValue,
  eppsSingleton: (a: number[], b: number[]) => eppsSingleton(a, b)?.pValue,
  cramerVonMises: cvm,
};
/** On a grid, so that a shift loses nothing to rounding. */
const gridded = sample.map((values) => values.map((value) => Math.round(value * 8) / 8));
const distances = {
  energyDistance: (a: number[], b: number[]) => energyDistance(pooledGroups(a, b)),
  scaledWasserstein: (a: number[], b: number[]) => scaledWasserstein(a, b),
};

describe.each(Object.entries(pValues))('%s', (_, p) => {
  test('is symmetric, in [0, 1] and blind to what is not finite', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const value = p(a, b);
        if (value === undefined) return true;
        expectClose(p(b, a), value, 1e-6);
        expect(value).toBeGreaterThanOrEqual(0);
        return value <= 1;
      }),
      { numRuns: 60 },
    );
    const x = Array.from({ length: 25 }, (_, i) => Math.sin(i));
    const y = Array.from({ length: 30 }, (_, i) => Math.cos(i) + 0.2);
    const holes = [Number.NaN, Infinity, -Infinity];
    if (p !== cvm) expect(p([...x, ...holes], [...y, ...holes])).toBe(p(x, y));
  });

  test('of equal distributions is below 0.05 in about 5 of 100 cases, of moved ones nearly always', () => {
    const random = sequence(7);
    const normals = (n: number, mean: number) =>
      Array.from({ length: n }, () => mean + (normalQuantile(random() + 1e-12) ?? 0));
    const shareBelow = (shift: number, runs: number) => {
      let below = 0;
      for (let run = 0; run < runs; run++)
        if ((p(normals(60, 0), normals(50, shift)) ?? 0) < 0.05) below += 1;
      return below / runs;
    };
    const level = shareBelow(0, 500);
    expect(level).toBeGreaterThan(0.02);
    expect(level).toBeLessThan(0.09);
    expect(shareBelow(1, 40)).toBeGreaterThan(0.9);
  });
});

describe.each(Object.entries(distances))('%s', (_, distance) => {
  test('is 0 on itself, symmetric, not negative and unmoved by a common shift', () => {
    fc.assert(
      fc.property(gridded, gridded, (a, b) => {
        const value = distance(a, b);
        if (value === undefined) return true;
        expect(distance(a, a) ?? 0).toBe(0);
        expectClose(distance(b, a), value, 1e-12);
        const move = (values: number[]) => values.map((v) => v + 32);
        expectClose(distance(move(a), move(b)), value, 1e-6);
        return value >= 0;
      }),
    );
  });

  test('is undefined without finite values', () => {
    expect(distance([], [1])).toBeUndefined();
    expect(distance([1], [Number.NaN])).toBeUndefined();
  });
});

describe('scale', () => {
  test('√k for the energy distance, none for the scaled Wasserstein distance', () => {
    fc.assert(
      fc.property(gridded, gridded, (a, b) => {
        const [x, y] = [a, b].map((values) => values.map((v) => 4 * v)) as [number[], number[]];
        expectClose(distances.energyDistance(x, y), 2 * (distances.energyDistance(a, b) ?? 0), 1e-12);
        expectClose(scaledWasserstein(x, y), scaledWasserstein(a, b) ?? null, 1e-12);
      }),
    );
  });
});

describe('counts', () => {
  test('G and V do not depend on the order of bins, and are 0 on equal shares', () => {
    fc.assert(
      fc.property(countPairs, ({ reference, current }) => {
        const result = gTest(reference, current);
        expectClose(
          gTest(reference.toReversed(), current.toReversed())?.statistic,
          result?.statistic ?? null,
        );
        expectClose(gTest(reference, reference)?.statistic ?? 0, 0);
      }),
    );
    expect(cramersV({ statistic: 0.5, n: 100, rows: 2, columns: 2 })).toBe(0);
    expect(cramersV({ statistic: -1, n: 100, rows: 2, columns: 2 })).toBeUndefined();
  });

  test('G is near χ² when shares differ little, and undefined without two columns', () => {
    expectClose(gTest([500, 500], [520, 480])?.statistic, 0.8003, 1e-3);
    expect(gTest([10], [20])).toBeUndefined();
    expect(gTest([10, 3], [0, 0])).toBeUndefined();
    expect(() => gTest([1], [1, 2])).toThrow(RangeError);
  });
});

describe('permutations', () => {
  const options = () => ({ permutations: 199, random: sequence(3) });
  const first = (n: number, all: number) => new Uint8Array(all).fill(1, 0, n);

  test('p counts the observed order, so it is never 0, and 1 when all orders are alike', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => i);
    const sum = (side: Uint8Array) => values.reduce((total, v, i) => total + v * (1 - (side[i] ?? 0)), 0);
    expect(finish(permutationPValue(first(20, 40), sum, options()))).toBe(1 / 200);
    expect(finish(permutationPValue(first(20, 40), () => 0.1, options()))).toBe(1);
  });

  test('find a change of spread by maximum mean discrepancy, and none in equal samples', () => {
    const wide = Array.from({ length: 80 }, (_, i) => 3 * (normalQuantile((i + 0.5) / 80) ?? 0));
    const narrow = wide.map((value) => value / 3);
    expect(finish(maximumMeanDiscrepancy(wide, narrow, options()))?.pValue).toBeLessThan(0.02);
    expect(finish(maximumMeanDiscrepancy(wide, wide, options()))?.pValue).toBeGreaterThan(0.5);
    expect(finish(maximumMeanDiscrepancy([1], wide, options()))).toBeUndefined();
  });

  test('the median distance is that of all pairs', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const sorted = Float64Array.from(values).sort();
        const pairs: number[] = [];
        for (const [i, x] of sorted.entries()) for (const y of sorted.slice(0, i)) pairs.push(x - y);
        pairs.sort((x, y) => x - y);
        const expected = pairs[Math.floor((pairs.length - 1) / 2)];
        expect(medianDistance(sorted)).toBe(expected);
      }),
    );
    expect(medianDistance(Float64Array.of(-1.7e308, 1.7e308))).toBeUndefined();
  });
});

describe('undefined cases', () => {
  test('too few rows, or nothing that varies', () => {
    const groups = (a: number[], b: number[]) => pooledGroups(a, b);
    expect(andersonDarlingStatistic(groups([1, 2], [3]))).toBeUndefined();
    expect(andersonDarlingStatistic(groups([4, 4], [4, 4]))).toBeUndefined();
    expect(cramerVonMisesStatistic(groups([1], [2, 3]))).toBeUndefined();
    expect(cramerVonMisesPValue(Number.NaN, 5, 5)).toBeUndefined();
    expect(mannWhitney(groups([], [2]))).toBeUndefined();
    expect(mannWhitney(groups([2, 2], [2]))?.pValue).toBe(1);
    expect(eppsSingleton([1, 2, 3, 4], [1, 2, 3, 4, 5])).toBeUndefined();
    expect(eppsSingleton([0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0])).toBeUndefined();
    expect(tTest([1], [2, 3], 'equal')).toBeUndefined();
    expect(tTest([0.1, 0.1, 0.1], [0.3, 0.3, 0.3], 'unequal')).toBeUndefined();
    expect(scaledWasserstein([1, 2], [3], 0.5)).toBeUndefined();
  });
});
