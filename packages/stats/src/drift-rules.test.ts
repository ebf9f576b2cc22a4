import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countPairs } from './arbitraries.ts';
import { doaneEdges } from './doane-edges.ts';
import { expectClose } from './expect-close.ts';
import { goodnessOfFit } from './goodness-of-fit.ts';
import { ksPValue } from './ks-p-value.ts';
import { ksStatistic } from './ks-statistic.ts';
import { oneSampleKsPValue } from './one-sample-ks-p-value.ts';
import { readFixture } from './read-fixture.ts';
import { wasserstein } from './wasserstein.ts';

const fixture = readFixture<{
  oneSampleKs: { statistic: number; n: number; pValue: number }[];
  goodnessOfFit: {
    title: string;
    reference: number[];
    current: number[];
    statistic: number | null;
    pValue: number | null;
  }[];
  doane: { title: string; values: number[]; edges: number[] }[];
}>('drift-rules');

const r = [16, 18, 16, 14, 12, 12];
const c = [16, 16, 16, 16, 16, 8];
const rows = (counts: number[]) => counts.flatMap((n, i) => new Array<number>(n).fill(i + 1));

describe('one-sample Kolmogorov–Smirnov p-value', () => {
  test.each(fixture.oneSampleKs)('equals scipy: D $statistic, n $n', ({ statistic, n, pValue }) => {
    // scipy approximates from some hundred rows on (Pelz & Good), to about 3e-7.
    expectClose(oneSampleKsPValue(statistic, n), pValue, n < 200 ? 1e-12 : 5e-7);
  });

  test('falls as the statistic grows, between 1 and 0', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, fc.integer({ min: 1, max: 80 }), (a, b, n) => {
        const small = oneSampleKsPValue(Math.min(a, b), n) ?? -1;
        const large = oneSampleKsPValue(Math.max(a, b), n) ?? 2;
        return large >= 0 && small <= 1 && small >= large - 1e-12;
      }),
    );
  });

  test('is undefined without rows or a statistic, 1 at 0 and 0 at 1', () => {
    expect(oneSampleKsPValue(0.5, 0)).toBeUndefined();
    expect(oneSampleKsPValue(Number.NaN, 5)).toBeUndefined();
    expect(oneSampleKsPValue(0, 5)).toBe(1);
    expect(oneSampleKsPValue(1, 5)).toBe(0);
  });

  test('stands near the exact two-sample value at n₁n₂/(n₁+n₂)', () => {
    expectClose(oneSampleKsPValue(0.12, (200 * 9000) / 9200), ksPValue(0.12, 200, 9000, 1e7) ?? null, 0.01);
  });
});

describe('goodness of fit', () => {
  test.each(fixture.goodnessOfFit)(
    'equals scipy: $title',
    ({ reference, current, statistic, pValue, title }) => {
      const result = goodnessOfFit(reference, current);
      expectClose(result?.pValue, pValue, 1e-10);
      // Infinite statistics are stored as null.
      if (statistic !== null) expectClose(result?.statistic, statistic, 1e-9);
      else expect([undefined, Number.POSITIVE_INFINITY], title).toContain(result?.statistic);
    },
  );

  test.each([1, 2])('of the published counts, the reference %s times', (times) => {
    const result = goodnessOfFit(
      r.map((n) => n * times),
      c,
    );
    expectClose(result?.statistic, 3.174603, 1e-6);
    expectClose(result?.pValue, 0.67309, 1e-5);
  });

  test('is 0 with p 1 against itself', () => {
    fc.assert(
      fc.property(countPairs, ({ reference }) => {
        const result = goodnessOfFit(reference, reference);
        return result === undefined || (result.statistic === 0 && result.pValue === 1);
      }),
    );
  });
});

describe('Doane’s bins', () => {
  test.each(fixture.doane)('equal numpy: $title', ({ values, edges }) => {
    const actual = doaneEdges(values);
    expect(actual).toHaveLength(edges.length);
    for (const [i, edge] of edges.entries()) expectClose(actual?.[i], edge, 1e-12);
  });

  test('are one for two values, and none without values or with an infinite one', () => {
    expect(doaneEdges([1, 3])).toEqual(Float64Array.of(1, 3));
    expect(doaneEdges([])).toBeUndefined();
    expect(doaneEdges([1, Number.POSITIVE_INFINITY])).toBeUndefined();
  });
});

test('published distances of counted samples', () => {
  expectClose(ksStatistic(rows(r), rows(c)), 0.0454545, 1e-7);
  expectClose(wasserstein(rows(r), rows(c)), 0.0909091, 1e-7);
});
