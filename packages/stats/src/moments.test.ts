import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sample } from './arbitraries.ts';
import { expectClose } from './expect-close.ts';
import { mergeMoments } from './merge-moments.ts';
import type { Moments } from './moments.ts';
import { neumaierSum } from './neumaier-sum.ts';

const empty: Moments = { n: 0, mean: 0, m2: 0 };
const whole = (values: number[]): Moments => {
  if (values.length === 0) return empty;
  const mean = (neumaierSum(values) ?? 0) / values.length;
  return { n: values.length, mean, m2: neumaierSum(values.map((v) => (v - mean) ** 2)) ?? 0 };
};
const expectSame = (actual: Moments, expected: Moments, tolerance: number) => {
  expect(actual.n).toBe(expected.n);
  expectClose(actual.mean, expected.mean, tolerance);
  expectClose(actual.m2, expected.m2, tolerance);
};

describe('mergeMoments', () => {
  test('of two parts equals the whole, in either order', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        expectSame(mergeMoments(whole(a), whole(b)), whole([...a, ...b]), 1e-9);
        expectSame(mergeMoments(whole(b), whole(a)), whole([...a, ...b]), 1e-9);
      }),
    );
  });

  test('row by row keeps the variance of values far from zero', () => {
    const values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];
    const merged = values.map((value) => whole([value])).reduce(mergeMoments, empty);
    expect(merged).toEqual({ n: 4, mean: 1e9 + 10, m2: 90 });
  });

  test('with an empty part changes nothing', () => {
    const moments = whole([1, 2, 4]);
    expect(mergeMoments(moments, empty)).toEqual(moments);
    expect(mergeMoments(empty, moments)).toEqual(moments);
    expect(mergeMoments(empty, empty)).toEqual(empty);
  });
});

describe('neumaierSum', () => {
  test('keeps what plain addition loses', () => {
    expect(neumaierSum([1, 1e100, 1, -1e100])).toBe(2);
    expect(neumaierSum(new Float64Array(10).fill(0.1))).toBe(1);
  });

  test('is 0 for no terms and undefined for a sum that is not finite', () => {
    expect(neumaierSum([])).toBe(0);
    expect(neumaierSum([1, Number.NaN])).toBeUndefined();
    expect(neumaierSum([Infinity])).toBeUndefined();
    expect(neumaierSum([Number.MAX_VALUE, Number.MAX_VALUE])).toBeUndefined();
  });
});
