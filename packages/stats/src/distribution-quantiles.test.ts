import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiSquareQuantile } from './chi-square-quantile.ts';
import { chiSquareSurvival } from './chi-square-survival.ts';
import { expectClose } from './expect-close.ts';
import { foldedNormalSum } from './folded-normal-sum.ts';
import { gammaQuantile } from './gamma-quantile.ts';
import { logNormalQuantile } from './log-normal-quantile.ts';
import { normalQuantile } from './normal-quantile.ts';
import { studentTCdf } from './student-t-cdf.ts';
import { studentTQuantile } from './student-t-quantile.ts';

const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

describe('chiSquareQuantile', () => {
  test.each([
    [0.95, 1, 3.841458820694124],
    [0.99, 9, 21.665994333461924],
    [0.999, 9, 27.877164871256568],
    [0.5, 2, 2 * Math.LN2],
  ])('published values: %d of %d degrees of freedom', (p, df, expected) => {
    expectClose(chiSquareQuantile(p, df), expected, 1e-9);
  });

  test('inverts the survival function', () => {
    fc.assert(
      fc.property(probability, fc.double({ min: 0.5, max: 300, noNaN: true }), (p, df) => {
        expectClose(1 - (chiSquareSurvival(chiSquareQuantile(p, df) ?? -1, df) ?? -1), p, 1e-9);
      }),
    );
  });
});

describe('studentTQuantile', () => {
  test.each([
    [0.975, 1, 12.706204736432095],
    [0.99, 13, 2.650308837848541],
    [0.9995, 9, 4.780912585931139],
    [0.025, 5, -2.5705818366147395],
  ])('published values: %d of %d degrees of freedom', (p, df, expected) => {
    expectClose(studentTQuantile(p, df), expected, 1e-8);
  });

  test('inverts the distribution function and nears the normal one', () => {
    fc.assert(
      fc.property(probability, fc.integer({ min: 1, max: 500 }), (p, df) => {
        expectClose(studentTCdf(studentTQuantile(p, df) ?? Number.NaN, df), p, 1e-9);
      }),
    );
    expectClose(studentTQuantile(0.99, 1e6), normalQuantile(0.99) ?? 0, 1e-5);
  });
});

describe('gammaQuantile', () => {
  test('is the exponential where mean² equals the variance', () => {
    expectClose(gammaQuantile(0.9, { mean: 2, variance: 4 }), -2 * Math.log(0.1), 1e-9);
  });
  test('what does not vary is its mean', () => {
    expect(gammaQuantile(0.9, { mean: 2, variance: 0 })).toBe(2);
    expect(gammaQuantile(0.9, { mean: 0, variance: 1 })).toBe(0);
  });
});

test('logNormalQuantile is the exponential of a normal one', () => {
  const moments = { mean: Math.exp(1 + 0.5), variance: Math.exp(3) * (Math.E - 1) };
  expectClose(logNormalQuantile(0.99, moments), Math.exp(1 + (normalQuantile(0.99) ?? 0)), 1e-9);
  expect(logNormalQuantile(0.99, { mean: 0, variance: 0 })).toBe(0);
  expect(logNormalQuantile(0.99, { mean: 2, variance: 0 })).toBe(2);
});

describe('foldedNormalSum', () => {
  test('one term is the half-normal; two that are the same are one of twice the size', () => {
    const one = foldedNormalSum([2], () => 0);
    expectClose(one.mean, 2 * Math.sqrt(2 / Math.PI), 1e-12);
    expectClose(one.variance, 4 * (1 - 2 / Math.PI), 1e-12);
    const twice = foldedNormalSum([1, 1], () => 1);
    expectClose(twice.mean, one.mean, 1e-12);
    expectClose(twice.variance, one.variance, 1e-12);
    expect(foldedNormalSum([1, 1], () => -1)).toEqual(twice);
    expectClose(foldedNormalSum([1, 1], () => 0).variance, 2 * (1 - 2 / Math.PI), 1e-12);
  });
});

test.each([0, 1, -0.1, Number.NaN])('a probability of %d has no quantile', (p) => {
  expect(chiSquareQuantile(p, 3)).toBeUndefined();
  expect(studentTQuantile(p, 3)).toBeUndefined();
  expect(gammaQuantile(p, { mean: 1, variance: 1 })).toBeUndefined();
  expect(logNormalQuantile(p, { mean: 1, variance: 1 })).toBeUndefined();
});
