import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sample } from './arbitraries.ts';
import { binIndex } from './bin-index.ts';
import { binnedKs } from './binned-ks.ts';
import { expectClose } from './expect-close.ts';
import { ksPValue } from './ks-p-value.ts';
import { ksStatistic } from './ks-statistic.ts';
import { readFixture } from './read-fixture.ts';

const fixture = readFixture<{
  cases: { title: string; a: number[]; b: number[]; ksStatistic: number; ksPValue: number }[];
  ksAsymptotic: { statistic: number; n1: number; n2: number; pValue: number }[];
}>('samples');

describe('two-sample KS equals scipy', () => {
  test.each(fixture.cases)('exact: $title', (row) => {
    const statistic = ksStatistic(row.a, row.b);
    expectClose(statistic, row.ksStatistic, 1e-12);
    expectClose(ksPValue(statistic ?? 0, row.a.length, row.b.length), row.ksPValue, 1e-10);
  });

  test.each(fixture.ksAsymptotic)('Stephens: D $statistic, n $n1, $n2', ({ statistic, n1, n2, pValue }) => {
    expectClose(ksPValue(statistic, n1, n2), pValue, 1e-10);
  });
});

describe('published values', () => {
  const x = [38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58];
  const y = [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8];
  const range = (n: number) => Array.from({ length: n }, (_, i) => 1 + (99 * i) / (n - 1));
  const ties = [2, 2, 2, 3, 3, 3, 3, 5, 5, 5, 5, 5, 6, 6, 6, 6];
  test.each<[string, number[], number[], number, number]>([
    ['eight against eight', x, y, 0.625, 0.0870241],
    ['one against one', [0], [1], 1, 1],
    ['two against three', [1.01, 2.01], [1, 2, 3], 1 / 3, 1],
    ['two against three, below', [0.99, 1.99], [1, 2, 3], 2 / 3, 0.6],
    ['two against four', [1.01, 2.01], [1, 2, 3, 4], 0.5, 14 / 15],
    ['two against four, below', [0.99, 1.99], [1, 2, 3, 4], 0.75, 0.4],
    ['100 against 110', range(100), range(110).map((v) => v + 20.1), 232 / 1100, 0.015739183866],
    ['ties', ties, ties.map((v) => v + 1), 5 / 16, 0.4262934613],
  ])('%s', (_, a, b, statistic, pValue) => {
    expectClose(ksStatistic(a, b), statistic, 1e-12);
    expectClose(ksPValue(statistic, a.length, b.length), pValue, 1e-7);
  });

  test('measured p-values', () => {
    expectClose(ksPValue(0.15, 100, 200), 0.0962, 1e-4);
    expectClose(ksPValue(0.07, 500, 1000), 0.0751, 1e-4);
  });
});

describe('ksStatistic', () => {
  test('is 0 on itself, symmetric, in [0, 1] and unmoved by a monotone map', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const value = ksStatistic(a, b) ?? -1;
        expect(ksStatistic(a, a)).toBe(0);
        expect(ksStatistic(b, a)).toBe(value);
        expect(
          ksStatistic(
            a.map((v) => 8 * v),
            b.map((v) => 8 * v),
          ),
        ).toBe(value);
        return value >= 0 && value <= 1;
      }),
    );
  });

  test('drops non-finite values and is undefined without finite ones', () => {
    expect(ksStatistic([1, Number.NaN, Infinity], [2])).toBe(1);
    expect(ksStatistic([], [1])).toBeUndefined();
    expect(ksStatistic([1], [Number.NaN])).toBeUndefined();
  });
});

describe('ksPValue', () => {
  test('falls as the statistic grows', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(unit, unit, size, size, (a, b, n1, n2) => {
        const small = ksPValue(Math.min(a, b), n1, n2) ?? -1;
        const large = ksPValue(Math.max(a, b), n1, n2) ?? 2;
        return large >= 0 && small <= 1 && small >= large - 1e-12;
      }),
    );
  });

  test('exact and approximate forms agree where they meet', () => {
    for (const statistic of [0.03, 0.05, 0.07, 0.1]) {
      expectClose(ksPValue(statistic, 1000, 1000), ksPValue(statistic, 1000, 1001) ?? null, 0.02);
    }
  });

  test('is undefined without rows or a statistic, and 1 at distance 0', () => {
    expect(ksPValue(0.5, 0, 10)).toBeUndefined();
    expect(ksPValue(0.5, 10, Number.NaN)).toBeUndefined();
    expect(ksPValue(Number.NaN, 10, 10)).toBeUndefined();
    expect(ksPValue(0, 10, 10)).toBe(1);
  });
});

describe('binnedKs', () => {
  const edges = [-6, -2, 0, 0.5, 3, 100, 1e3];
  const count = (values: number[]) => {
    const counts = new Array<number>(edges.length + 1).fill(0);
    for (const value of values) {
      const bin = binIndex(edges, value) ?? 0;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts;
  };

  test('brackets the exact statistic and its bound never exceeds the largest bin share', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [reference, current] = [count(a), count(b)];
        const exact = ksStatistic(a, b) ?? -1;
        const { statistic, errorBound } = binnedKs(reference, current) ?? { statistic: 2, errorBound: 0 };
        const largestShare = Math.max(
          ...reference.map((n) => n / a.length),
          ...current.map((n) => n / b.length),
        );
        expect(errorBound).toBeLessThanOrEqual(largestShare + 1e-12);
        return statistic <= exact + 1e-12 && exact <= statistic + errorBound + 1e-12;
      }),
      { numRuns: 500 },
    );
  });

  test('equals the published statistic of category counts', () => {
    expectClose(binnedKs([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8])?.statistic, 0.0454545, 1e-6);
  });

  test('is undefined when a side is empty', () => {
    expect(binnedKs([0, 0], [1, 2])).toBeUndefined();
  });
});
