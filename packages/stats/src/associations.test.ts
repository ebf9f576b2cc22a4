import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { averageRanks } from './average-ranks.ts';
import { correlationRatio } from './correlation-ratio.ts';
import { cramersVUncorrected } from './cramers-v-uncorrected.ts';
import { fisherZDifference, spearmanVariance } from './fisher-z-difference.ts';
import { pearsonCorrelation } from './pearson-correlation.ts';
import { readFixture } from './read-fixture.ts';

interface Fixture {
  numeric: { title: string; x: number[]; y: number[]; pearson: number; spearman: number }[];
  categorical: {
    title: string;
    a: number[];
    b: number[];
    values: number[];
    cramers_v: number;
    scipy_v: number;
    eta: number;
  }[];
}

const { numeric, categorical } = readFixture<Fixture>('associations');
const spearman = (x: Float64Array, y: Float64Array) => pearsonCorrelation(averageRanks(x), averageRanks(y));

function tableOf(a: readonly number[], b: readonly number[]): number[][] {
  const table = Array.from({ length: Math.max(...a) + 1 }, () =>
    new Array<number>(Math.max(...b) + 1).fill(0),
  );
  a.forEach((row, i) => {
    const column = b[i] ?? 0;
    const counts = table[row];
    if (counts) counts[column] = (counts[column] ?? 0) + 1;
  });
  return table;
}

describe.each(numeric)('$title', ({ x, y, pearson, spearman: wanted }) => {
  it('has the correlations of pandas and scipy', () => {
    const pair = [Float64Array.from(x), Float64Array.from(y)] as const;
    expect(pearsonCorrelation(...pair)).toBeCloseTo(pearson, 10);
    expect(spearman(...pair)).toBeCloseTo(wanted, 12);
  });
});

describe.each(categorical)('$title', ({ a, b, values, cramers_v, scipy_v, eta }) => {
  it('has the V of Evidently and scipy, and the ratio of an analysis of variance', () => {
    expect(cramersVUncorrected(tableOf(a, b))).toBeCloseTo(cramers_v, 12);
    expect(cramersVUncorrected(tableOf(a, b))).toBeCloseTo(scipy_v, 12);
    expect(correlationRatio(Uint16Array.from(a), Float64Array.from(values))).toBeCloseTo(eta, 12);
  });
});

test('what does not vary has none', () => {
  const [flat, x] = [new Float64Array(5).fill(0.1), Float64Array.of(1, 2, 3, 4, 5)];
  expect(pearsonCorrelation(flat, x)).toBeUndefined();
  expect(pearsonCorrelation(new Float64Array(), new Float64Array())).toBeUndefined();
  expect(correlationRatio(new Uint16Array(5), x)).toBeUndefined();
  expect(correlationRatio(Uint16Array.of(0, 1, 0, 1, 0), flat)).toBeUndefined();
  expect(cramersVUncorrected([[3, 4]])).toBeUndefined();
  expect(cramersVUncorrected([])).toBeUndefined();
  expect(() => cramersVUncorrected([[1], [1, 2]])).toThrow(RangeError);
});

test.each([
  [0.5, 103, 0.2, 103, 2.4506453586713683, 0.014260037286246514],
  [0.9, 28, 0.9, 50, 0, 1],
  [-0.3, 203, 0.3, 53, -3.915147719022636, 9.03488746003193e-5],
])('Fisher: %d of %d pairs and %d of %d', (value1, n1, value2, n2, z, p) => {
  const found = fisherZDifference({ value: value1, n: n1 }, { value: value2, n: n2 });
  expect(found?.z).toBeCloseTo(z, 12);
  expect(found?.pValue).toBeCloseTo(p, 12);
});

test('Fisher has a finite answer at 1 and none of three pairs; ranks are judged more carefully', () => {
  const [one, half] = [
    { value: 1, n: 50 },
    { value: 0.5, n: 50 },
  ];
  expect(fisherZDifference(one, half)?.pValue).toBeLessThan(1e-12);
  expect(fisherZDifference({ value: 0.5, n: 3 }, half)).toBeUndefined();
  const other = { value: 0.2, n: 50 };
  const p = (variance?: number) => fisherZDifference(half, other, variance)?.pValue ?? Number.NaN;
  expect(p(spearmanVariance)).toBeGreaterThan(p());
});

test('correlations do not depend on order or scale, and ranks not on any rising map', () => {
  const values = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
    minLength: 3,
    maxLength: 40,
  });
  fc.assert(
    fc.property(values, (pairs) => {
      const [x, y] = [Float64Array.from(pairs, ([a]) => a), Float64Array.from(pairs, ([, b]) => b)];
      const r = pearsonCorrelation(x, y);
      if (r === undefined) return;
      expect(Math.abs(r)).toBeLessThanOrEqual(1);
      expect(pearsonCorrelation(y, x)).toBeCloseTo(r, 12);
      expect(
        pearsonCorrelation(
          x.map((value) => 3 - 2 * value),
          y,
        ),
      ).toBeCloseTo(-r, 10);
      expect(
        spearman(
          x.map((value) => value ** 3),
          y,
        ),
      ).toBeCloseTo(spearman(x, y) ?? Number.NaN, 12);
    }),
    { seed: 5, numRuns: 200 },
  );
});
