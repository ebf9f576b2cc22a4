import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { expectClose } from './expect-close.ts';
import { readFixture } from './read-fixture.ts';

const fixture = readFixture<{ benjaminiHochberg: { p: number[]; adjusted: number[] }[] }>('intervals');

describe('benjaminiHochberg', () => {
  test.each(fixture.benjaminiHochberg)('equals scipy, first p $p.0', ({ p, adjusted }) => {
    for (const [i, value] of benjaminiHochberg(p).entries())
      expectClose(value, adjusted[i] ?? Number.NaN, 1e-12);
  });

  test('published values', () => {
    const p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
    const expected = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.1057143, 0.216, 0.216, 0.216];
    for (const [i, value] of benjaminiHochberg(p).entries()) expectClose(value, expected[i] ?? 0, 1e-7);
  });

  test('never lowers a p-value, keeps their order and follows a permutation', () => {
    const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(pValues, (p) => {
        const adjusted = benjaminiHochberg(p);
        expect(benjaminiHochberg(p.toReversed())).toEqual(adjusted.toReversed());
        for (const [i, a] of p.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(a * (1 - 1e-15));
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          for (const [j, b] of p.entries())
            if (a < b) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
        }
      }),
    );
  });

  test('a missing or broken p-value stays undefined and is not a test', () => {
    expect(benjaminiHochberg([0.02, undefined, Number.NaN, 0.5])).toEqual([0.04, undefined, undefined, 0.5]);
  });
});
