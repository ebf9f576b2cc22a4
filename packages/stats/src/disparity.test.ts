import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceInterval, type Estimate } from './difference-interval.ts';
import { disparityBetween, disparityToOverall } from './disparity.ts';
import { expectClose } from './expect-close.ts';
import { fisherExact } from './fisher-exact.ts';
import type { Interval } from './interval.ts';
import { ratioInterval } from './ratio-interval.ts';
import { readFixture } from './read-fixture.ts';
import { twoProportionP } from './two-proportion-p.ts';
import { twoProportionZ } from './two-proportion-z.ts';
import { wilson } from './wilson.ts';

const { proportions } = readFixture<{
  proportions: {
    counts: [number, number, number, number];
    fisher: number;
    difference: Interval;
    ratio: Interval | null;
  }[];
}>('proportions');

function estimate(successes: number, n: number): Estimate {
  const interval = wilson(successes, n) ?? { lower: Number.NaN, upper: Number.NaN };
  return { value: successes / n, ...interval };
}

describe.each(proportions)('two groups $counts', ({ counts, fisher, difference, ratio }) => {
  const [x1, n1, x2, n2] = counts;
  const [a, b] = [estimate(x1, n1), estimate(x2, n2)];

  test("Fisher's test equals scipy", () => expectClose(fisherExact(...counts), fisher, 1e-8));

  test('the interval of the difference equals statsmodels', () => {
    expectClose(differenceInterval(a, b).lower, difference.lower, 1e-8);
    expectClose(differenceInterval(a, b).upper, difference.upper, 1e-8);
  });

  test('the interval of the ratio solves its definition', () => {
    const interval = ratioInterval(a, b);
    expectClose(interval?.lower, ratio?.lower ?? null, 1e-6);
    expectClose(interval?.upper, ratio?.upper ?? null, 1e-6);
  });
});

describe('the test of two proportions', () => {
  test('is exact where a cell is expected to be small, else the z test', () => {
    expect(twoProportionP(1, 40, 4, 45)).toBe(fisherExact(1, 40, 4, 45));
    expect(twoProportionP(39, 40, 41, 45)).toBe(fisherExact(39, 40, 41, 45));
    expect(twoProportionP(20, 40, 15, 45)).toBe(twoProportionZ(20, 40, 15, 45)?.pValue);
  });

  test.each([
    [0, 0, 1, 2],
    [3, 2, 1, 2],
    [-1, 2, 1, 2],
  ])('is undefined for %j of %j against %j of %j', (...counts) => {
    expect([fisherExact(...counts), twoProportionP(...counts)]).toEqual([undefined, undefined]);
  });
});

const rates = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 });

describe('disparities', () => {
  test('groups without a value do not count', () => {
    expect(disparityBetween([0.5, undefined, 0.4])).toEqual(disparityBetween([0.5, 0.4]));
    expect(disparityToOverall([0.5, undefined], 0.4)).toEqual(disparityToOverall([0.5], 0.4));
    expect([disparityBetween([0.5, undefined]), disparityToOverall([], 0.5)]).toEqual([undefined, undefined]);
    expect(disparityToOverall([0.5], undefined)).toBeUndefined();
  });

  test('a ratio of zeros or of negative values is undefined', () => {
    expect(disparityBetween([0, 0])).toEqual({ difference: 0, ratio: undefined });
    expect(disparityBetween([-1, 2])).toEqual({ difference: 3, ratio: undefined });
    expect(disparityToOverall([0, 0.5], 0)).toEqual({ difference: 0.5, ratio: undefined });
  });

  test('do not depend on the order of groups; a group like another adds nothing', () => {
    fc.assert(
      fc.property(rates, (values) => {
        const disparity = disparityBetween(values);
        expect(disparityBetween([...values].reverse())).toEqual(disparity);
        expect(disparityBetween([...values, values[0]])).toEqual(disparity);
        expect(disparity?.ratio ?? 0).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test('intervals of differences and ratios hold their value, and turn with the sides', () => {
  const side = fc
    .record({ n: fc.integer({ min: 1, max: 500 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ n, share }) => estimate(Math.round(n * share), n));
  fc.assert(
    fc.property(side, side, (a, b) => {
      const there = differenceInterval(a, b);
      const back = differenceInterval(b, a);
      expect(there.lower).toBeCloseTo(-back.upper, 12);
      expect(there.lower).toBeLessThanOrEqual(a.value - b.value);
      const ratio = ratioInterval(a, b);
      expect(ratio === undefined).toBe(b.value === 0);
      if (!ratio) return;
      expect(ratio.lower).toBeLessThanOrEqual(a.value / b.value + 1e-12);
      expect(ratio.upper).toBeGreaterThanOrEqual(a.value / b.value - 1e-12);
      expect(ratio.lower).toBeGreaterThanOrEqual(0);
    }),
  );
});
