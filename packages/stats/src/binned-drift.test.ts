import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countPairs } from './arbitraries.ts';
import { type ChiSquareResult, chiSquare } from './chi-square.ts';
import { expectClose } from './expect-close.ts';
import { hellinger } from './hellinger.ts';
import { jsDistance } from './js-distance.ts';
import { klDivergence } from './kl-divergence.ts';
import { lInfinity } from './l-infinity.ts';
import { psi } from './psi.ts';
import { readFixture } from './read-fixture.ts';
import { tvd } from './tvd.ts';

const distances = { psi, klDivergence, jsDistance, hellinger, tvd, lInfinity };
const symmetric = { psi, jsDistance, hellinger, tvd, lInfinity };
const bounded = { jsDistance, hellinger, tvd, lInfinity };

type Case = Record<keyof typeof distances, number> & {
  title: string;
  reference: number[];
  current: number[];
  chiSquare: ChiSquareResult | null;
};
const { cases } = readFixture<{ cases: Case[] }>('drift');

describe('binned distances equal scipy', () => {
  test.each(cases)('$title', (row) => {
    for (const [name, distance] of Object.entries(distances)) {
      expectClose(distance(row.reference, row.current), row[name as keyof typeof distances]);
    }
    const result = chiSquare(row.reference, row.current);
    if (row.chiSquare === null) expect(result).toBeUndefined();
    else {
      expect(result?.df).toBe(row.chiSquare.df);
      expectClose(result?.statistic, row.chiSquare.statistic);
      expectClose(result?.pValue, row.chiSquare.pValue, 1e-10);
    }
  });
});

describe('published values', () => {
  const r = [16, 18, 16, 14, 12, 12];
  const c = [16, 16, 16, 16, 16, 8];
  const p = [0.5, 0.3, 0.2];
  const q = [0.4, 0.35, 0.25];
  const deciles = new Array<number>(10).fill(0.1);
  test.each([
    ['psi, unsmoothed', psi(r, c, 0), 0.0372184],
    ['psi of probabilities', psi(p, q, 0), 0.0411791],
    ['psi of deciles', psi(deciles, [0.08, 0.09, ...deciles.slice(4), 0.11, 0.12], 0), 0.010116],
    ['psi, unseen category', psi([250, 250, 250, 250, 0], [250, 250, 250, 0, 250]), 3.100552],
    ['kl of r from c', klDivergence(r, c, 0), 0.0189097],
    ['kl of c from r', klDivergence(c, r, 0), 0.0183087],
    ['kl of probabilities', klDivergence(p, q, 0), 0.0206979],
    ['kl of probabilities, reversed', klDivergence(q, p, 0), 0.0204812],
    ['js distance', jsDistance(r, c), 0.0817342],
    ['js distance of probabilities', jsDistance(p, q), 0.0860944],
    ['js distance, unseen category', jsDistance([1, 1, 1, 1, 0], [1, 1, 1, 0, 1]), 0.5],
    ['hellinger', hellinger(r, c), 0.0681277],
    ['hellinger of probabilities', hellinger(p, q), 0.0717117],
    ['hellinger, unseen category', hellinger([1, 1, 1, 1, 0], [1, 1, 1, 0, 1]), 0.5],
    ['tvd', tvd(r, c), 0.0681818],
    ['tvd of probabilities', tvd(p, q), 0.1],
    ['l-infinity', lInfinity(r, c), 0.0454545],
    ['l-infinity, new category', lInfinity([2, 2, 2, 0], [2, 2, 2, 1]), 1 / 7],
    ['l-infinity, one category', lInfinity([2, 2, 2], [0, 5, 0]), 2 / 3],
    ['chi square', chiSquare(r, c)?.statistic, 1.622409],
    ['chi square p', chiSquare(r, c)?.pValue, 0.898526],
  ])('%s', (_, actual, expected) => expectClose(actual, expected, 1e-6));
});

describe('binned distances', () => {
  test.each(Object.entries(distances))('%s is 0 between equal shares', (_, distance) => {
    fc.assert(
      fc.property(countPairs, ({ reference }) => {
        expectClose(distance(reference, reference), 0, 1e-15);
      }),
    );
  });

  test.each(Object.entries(symmetric))('%s is symmetric', (_, distance) => {
    fc.assert(
      fc.property(countPairs, ({ reference, current }) => {
        expectClose(distance(reference, current), distance(current, reference) ?? null, 1e-12);
      }),
    );
  });

  test.each(Object.entries(bounded))('%s lies in [0, 1]', (_, distance) => {
    fc.assert(
      fc.property(countPairs, ({ reference, current }) => {
        const value = distance(reference, current) ?? -1;
        return value >= 0 && value <= 1;
      }),
    );
  });

  test.each(Object.entries(bounded))('%s is 1 or a bin share between disjoint sides', (_, distance) => {
    expectClose(distance([7, 0], [0, 3]), 1, 1e-15);
  });

  test.each(Object.entries(distances))('%s does not depend on the order of bins', (_, distance) => {
    fc.assert(
      fc.property(countPairs, ({ reference, current }) => {
        const reversed = distance(reference.toReversed(), current.toReversed());
        expectClose(reversed, distance(reference, current) ?? null, 1e-9);
      }),
    );
  });

  test.each(Object.entries(distances))(
    '%s is undefined without rows and for broken counts',
    (_, distance) => {
      expect(distance([0, 0], [1, 2])).toBeUndefined();
      expect(distance([1, 2], [0, 0])).toBeUndefined();
      expect(distance([], [])).toBeUndefined();
      expect(distance([1, Number.NaN], [1, 2])).toBeUndefined();
      expect(distance([1, -1], [1, 2])).toBeUndefined();
      expect(distance([1, Infinity], [1, 2])).toBeUndefined();
    },
  );

  test.each(Object.entries(distances))('%s rejects different bin numbers', (_, distance) => {
    expect(() => distance([1], [1, 2])).toThrow(RangeError);
  });

  test('psi and kl without smoothing are undefined where they would be infinite', () => {
    expect(psi([1, 0], [0, 1], 0)).toBeUndefined();
    expect(klDivergence([1, 1], [1, 0], 0)).toBeUndefined();
  });

  test('js distance of nearly equal shares keeps its precision', () => {
    expectClose(
      (jsDistance([1e12, 1e12], [1e12 + 1, 1e12 - 1]) ?? 0) * 1e12,
      0.5 / Math.sqrt(2 * Math.LN2),
      1e-3,
    );
  });
});

describe('chi square', () => {
  test('does not depend on the order of bins or of rows', () => {
    fc.assert(
      fc.property(countPairs, ({ reference, current }) => {
        const result = chiSquare(reference, current);
        const reversed = chiSquare(reference.toReversed(), current.toReversed());
        expect(reversed?.df).toBe(result?.df);
        expectClose(reversed?.statistic, result?.statistic ?? null);
        return result === undefined || (result.pValue >= 0 && result.pValue <= 1);
      }),
    );
  });

  test('ignores all-zero columns', () => {
    expect(chiSquare([10, 0, 20], [20, 0, 10])).toEqual(chiSquare([10, 20], [20, 10]));
  });

  test('of one column is 0 with p 1', () => {
    expect(chiSquare([0, 10], [0, 3])).toEqual({ statistic: 0, df: 0, pValue: 1 });
  });

  test('is undefined when too few rows leave only the pool', () => {
    expect(chiSquare([3, 4], [5, 2])).toBeUndefined();
    expect(chiSquare([500, 1], [480, 0])).toBeUndefined();
  });

  test('one rare column joins the smallest other column', () => {
    expect(chiSquare([500, 300, 1], [480, 310, 1])).toEqual(chiSquare([500, 301], [480, 311]));
  });
});
