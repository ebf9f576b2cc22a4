import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from './expect-close.ts';
import { hanleyMcNeil } from './hanley-mcneil.ts';
import { meanInterval } from './mean-interval.ts';
import { normalQuantile } from './normal-quantile.ts';
import { readFixture } from './read-fixture.ts';
import { twoProportionZ } from './two-proportion-z.ts';
import { wilson } from './wilson.ts';
import { z95 } from './z95.ts';

const fixture = readFixture<{
  wilson: { successes: number; n: number; lower: number; upper: number }[];
  hanleyMcNeil: { auc: number; n1: number; n0: number; standardError: number }[];
  meanInterval: { values: number[]; mean: number; m2: number; lower: number; upper: number }[];
  twoProportionZ: { x1: number; n1: number; x2: number; n2: number; statistic: number; pValue: number }[];
}>('intervals');

describe('intervals equal scipy', () => {
  test.each(fixture.wilson)('Wilson $successes of $n', ({ successes, n, lower, upper }) => {
    expectClose(wilson(successes, n)?.lower, lower);
    expectClose(wilson(successes, n)?.upper, upper);
  });

  test.each(fixture.hanleyMcNeil)('Hanley–McNeil $auc, $n1, $n0', ({ auc, n1, n0, standardError }) => {
    expectClose(hanleyMcNeil(auc, n1, n0)?.standardError, standardError);
  });

  test.each(fixture.meanInterval)('mean $mean', ({ values, m2, lower, upper }) => {
    const sum = values.reduce((total, value) => total + value, 0);
    expectClose(meanInterval(values.length, sum, m2)?.lower, lower);
    expectClose(meanInterval(values.length, sum, m2)?.upper, upper);
  });

  test.each(fixture.twoProportionZ)(
    'two proportions, z $statistic',
    ({ x1, n1, x2, n2, statistic, pValue }) => {
      expectClose(twoProportionZ(x1, n1, x2, n2)?.statistic, statistic);
      expectClose(twoProportionZ(x1, n1, x2, n2)?.pValue, pValue, 1e-10);
    },
  );

  test('published values', () => {
    expectClose(wilson(45, 50)?.lower, 0.7863977, 1e-7);
    expectClose(wilson(45, 50)?.upper, 0.9565243, 1e-7);
    expect(wilson(0, 10)?.lower).toBe(0);
    expectClose(wilson(0, 10)?.upper, 0.2775328, 1e-7);
    expectClose(hanleyMcNeil(0.8, 50, 100)?.standardError, 0.0412472, 1e-7);
    expectClose(twoProportionZ(40, 100, 55, 100)?.statistic, -2.123977, 1e-6);
    expectClose(normalQuantile(0.975), z95, 1e-15);
  });
});

describe('intervals', () => {
  test('Wilson holds the proportion, stays in [0, 1] and mirrors', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const successes = Math.round(share * n);
          const interval = wilson(successes, n) ?? { lower: 1, upper: 0 };
          expectClose(wilson(n - successes, n)?.upper, 1 - interval.lower, 1e-12);
          const p = successes / n;
          return 0 <= interval.lower && interval.lower <= p && p <= interval.upper && interval.upper <= 1;
        },
      ),
    );
  });

  test('Hanley–McNeil stays in [0, 1] around the area', () => {
    const interval = hanleyMcNeil(0.98, 3, 5);
    expect(interval?.upper).toBe(1);
    expect(interval?.lower).toBeLessThan(0.98);
  });

  test('are undefined for empty or impossible input', () => {
    expect(wilson(0, 0)).toBeUndefined();
    expect(wilson(3, 2)).toBeUndefined();
    expect(wilson(Number.NaN, 2)).toBeUndefined();
    expect(hanleyMcNeil(0.8, 0, 5)).toBeUndefined();
    expect(hanleyMcNeil(1.1, 5, 5)).toBeUndefined();
    expect(meanInterval(1, 3, 0)).toBeUndefined();
    expect(meanInterval(3, Number.NaN, 0)).toBeUndefined();
    expect(twoProportionZ(0, 0, 1, 2)).toBeUndefined();
    expect(twoProportionZ(3, 2, 1, 2)).toBeUndefined();
  });

  test('two proportions of one certain outcome do not differ', () => {
    expect(twoProportionZ(0, 10, 0, 20)).toEqual({ statistic: 0, pValue: 1 });
    expect(twoProportionZ(10, 10, 20, 20)).toEqual({ statistic: 0, pValue: 1 });
  });
});
