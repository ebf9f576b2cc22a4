import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiSquareSurvival } from './chi-square-survival.ts';
import { expectClose } from './expect-close.ts';
import { normalCdf } from './normal-cdf.ts';
import { normalQuantile } from './normal-quantile.ts';
import { readFixture } from './read-fixture.ts';

const fixture = readFixture<{
  chiSquareSurvival: { x: number; df: number; value: number }[];
  normalCdf: { z: number; value: number }[];
  normalQuantile: { p: number; value: number }[];
}>('distributions');

describe('distribution functions equal scipy', () => {
  test.each(fixture.chiSquareSurvival)('chi square, x $x df $df', ({ x, df, value }) => {
    expectClose(chiSquareSurvival(x, df), value, 1e-11);
    if (value > 1e-300) expectClose((chiSquareSurvival(x, df) ?? 0) / value, 1, 1e-8);
  });

  test.each(fixture.normalCdf)('normal, z $z', ({ z, value }) => {
    expectClose(normalCdf(z), value, 1e-14);
    if (value > 1e-300) expectClose((normalCdf(z) ?? 0) / value, 1, 1e-10);
  });

  test.each(fixture.normalQuantile)('normal quantile, p $p', ({ p, value }) => {
    expectClose(normalQuantile(p), value, 1e-13);
  });
});

describe('distribution functions', () => {
  test('normal quantile inverts the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-10, max: 1 - 1e-10, noNaN: true }), (p) => {
        expectClose(normalCdf(normalQuantile(p) ?? Number.NaN), p, 1e-13);
      }),
    );
  });

  test('chi square survival falls from 1 to 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(1000), fc.nat(1000), (df, a, b) => {
        const near = chiSquareSurvival(Math.min(a, b), df) ?? -1;
        const far = chiSquareSurvival(Math.max(a, b), df) ?? 2;
        return near <= 1 && far >= 0 && near >= far - 1e-12;
      }),
    );
    expect(chiSquareSurvival(-1, 3)).toBe(1);
    expect(chiSquareSurvival(Infinity, 3)).toBe(0);
  });

  test('are undefined outside their domain', () => {
    expect(chiSquareSurvival(1, 0)).toBeUndefined();
    expect(chiSquareSurvival(Number.NaN, 1)).toBeUndefined();
    expect(normalCdf(Number.NaN)).toBeUndefined();
    expect([0, 1, -1, 2, Number.NaN].map(normalQuantile)).toEqual(new Array(5).fill(undefined));
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
  });
});
