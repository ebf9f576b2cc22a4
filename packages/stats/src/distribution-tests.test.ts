import { describe, expect, test } from 'vitest';
import { andersonDarlingPValue } from './anderson-darling-p-value.ts';
import { andersonDarlingStatistic } from './anderson-darling-statistic.ts';
import type { ChiSquareResult } from './chi-square.ts';
import { cramerVonMisesPValue } from './cramer-von-mises-p-value.ts';
import { cramerVonMisesStatistic } from './cramer-von-mises-statistic.ts';
import { cramerVonMisesSurvival } from './cramer-von-mises-survival.ts';
import { cramersV } from './cramers-v.ts';
import { energyDistance } from './energy-distance.ts';
import { eppsSingleton } from './epps-singleton.ts';
import { expectClose } from './expect-close.ts';
import { fisherExact } from './fisher-exact.ts';
import { gTest } from './g-test.ts';
import { mannWhitney } from './mann-whitney.ts';
import { maximumMeanDiscrepancy } from './maximum-mean-discrepancy.ts';
import { pooledGroups } from './pooled-groups.ts';
import { readFixture } from './read-fixture.ts';
import { scaledWasserstein } from './scaled-wasserstein.ts';
import { tTest } from './t-test.ts';

type Answer = { value: number; pValue: number } | null;
interface SampleCase {
  title: string;
  andersonDarling: Answer;
  cramerVonMises: Answer;
  eppsSingleton: Answer;
  mannWhitney: Answer;
  student: Answer;
  welch: Answer;
  energyDistance: number;
  maximumMeanDiscrepancy: number | null;
  scaledWasserstein: number | null;
}
const fixture = readFixture<{
  samples: SampleCase[];
  counts: {
    title: string;
    gTest: ChiSquareResult | null;
    cramersV: { statistic: number; n: number; rows: number; columns: number; value: number } | null;
  }[];
  fisherExact: { table: [[number, number], [number, number]]; pValue: number }[];
  cramerVonMisesExact: { a: number[]; b: number[]; value: number; pValue: number }[];
  cramerVonMisesLimit: { x: number; survival: number }[];
}>('distribution-tests');
const { cases: samples } = readFixture<{ cases: { title: string; a: number[]; b: number[] }[] }>('samples');
const { cases: tables } = readFixture<{ cases: { title: string; reference: number[]; current: number[] }[] }>(
  'drift',
);

function expectAnswer(
  value: number | undefined,
  pValue: number | undefined,
  expected: Answer,
  tolerance: number,
) {
  expectClose(value, expected?.value ?? null, tolerance);
  expectClose(pValue, expected?.pValue ?? null, 1e-8);
}

function sampleOf(title: string) {
  const found = samples.find((row) => row.title === title);
  if (!found) throw new Error(`no sample ${title}`);
  return found;
}

describe('tests of two samples equal scipy', () => {
  test.each(fixture.samples)('$title', (row) => {
    const { title, a, b } = sampleOf(row.title);
    const groups = pooledGroups(a, b);
    const ad = andersonDarlingStatistic(groups);
    expectAnswer(ad, ad === undefined ? ad : andersonDarlingPValue(ad).pValue, row.andersonDarling, 1e-9);
    const cvm = cramerVonMisesStatistic(groups);
    const cvmP = cvm === undefined ? cvm : cramerVonMisesPValue(cvm, a.length, b.length);
    expectAnswer(cvm, cvmP, row.cramerVonMises, 1e-11);
    const ranks = mannWhitney(groups);
    expectAnswer(ranks?.superiority, ranks?.pValue, row.mannWhitney, 1e-12);
    for (const [variances, expected] of [
      ['equal', row.student],
      ['unequal', row.welch],
    ] as const) {
      const t = tTest(a, b, variances);
      // The mean of values near 1e12 has few digits left in numpy.
      if (title === 'large values') expectClose(t?.statistic, expected?.value ?? null, 1e-6);
      else expectAnswer(t?.statistic, t?.pValue, expected, 1e-8);
    }
    expectClose(energyDistance(groups), row.energyDistance, 1e-9);
    expectClose(scaledWasserstein(a, b), title === 'constant, same' ? 0 : row.scaledWasserstein, 1e-9);
    // Where scipy's matrix is nearly singular its answer is one of rounding.
    const es = eppsSingleton(a, b);
    if (row.eppsSingleton !== null) expectAnswer(es?.statistic, es?.pValue, row.eppsSingleton, 1e-7);
    const mmd = maximumMeanDiscrepancy(a, b, { permutations: 0, random: () => 0 }).next().value;
    expectClose(mmd?.value, row.maximumMeanDiscrepancy, 1e-10);
  });

  test.each(fixture.counts)('counts: $title', (row) => {
    const counted = tables.find(({ title }) => title === row.title);
    const result = gTest(counted?.reference ?? [], counted?.current ?? []);
    expectClose(result?.statistic, row.gTest?.statistic ?? null, 1e-8);
    expectClose(result?.pValue, row.gTest?.pValue ?? null, 1e-9);
    if (row.cramersV) expectClose(cramersV(row.cramersV), row.cramersV.value, 1e-12);
  });

  test.each(fixture.fisherExact)('Fisher’s exact test of $table', ({ table, pValue }) => {
    const [[a, b], [c, d]] = table;
    expectClose(fisherExact(a, a + b, c, c + d), a + b > 0 && c + d > 0 ? pValue : null, 1e-9);
  });

  test.each(fixture.cramerVonMisesExact)('exact Cramér–von Mises, $value', ({ a, b, value, pValue }) => {
    const statistic = cramerVonMisesStatistic(pooledGroups(a, b));
    expectClose(statistic, value, 1e-12);
    expectClose(cramerVonMisesPValue(statistic ?? 0, a.length, b.length), pValue, 1e-12);
  });

  test.each(fixture.cramerVonMisesLimit)('limit of Cramér–von Mises at $x', ({ x, survival }) => {
    expectClose(cramerVonMisesSurvival(x), survival, 1e-9);
  });
});

describe('published values', () => {
  const x = [38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58];
  const y = [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8];
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const full = (value: number, n: number) => new Array<number>(n).fill(value);

  test('of eight against eight', () => {
    const groups = pooledGroups(x, y);
    expectClose(andersonDarlingPValue(andersonDarlingStatistic(groups) ?? 0).pValue, 0.0635, 5e-5);
    expect(cramerVonMisesStatistic(groups)).toBe(0.4375);
    expectClose(cramerVonMisesPValue(0.4375, 8, 8), 0.0643357, 1e-7);
    expectClose(tTest(x, y, 'equal')?.pValue, 0.084106, 1e-6);
    const moved = pooledGroups(
      x,
      x.map((value) => value + 5),
    );
    expectClose(energyDistance(moved), 1.9332615, 1e-7);
  });

  test.each([
    [45, 90, 30, 90, 0.033972],
    [3, 6, 6, 6, 0.181818],
    [6, 6, 0, 6, 0.0021645],
    [90, 150, 60, 150, 0.0007844],
  ])('Fisher’s exact test of %d in %d against %d in %d', (hits1, n1, hits2, n2, pValue) => {
    expectClose(fisherExact(hits1, n1, hits2, n2), pValue, 5e-7);
  });

  test('of the earth mover’s distance as Deepchecks scales it', () => {
    expectClose(scaledWasserstein(range(0, 100), range(50, 150), 0), 1 / 3, 0.01);
    expect(scaledWasserstein(full(10, 10), full(0, 10))).toBe(1);
    expect(scaledWasserstein([...full(10, 99), 100], [...full(0, 99), 1], 0.01)).toBe(1);
  });

  test('of Cramér’s V: with Yates’ correction 0.2160258, of other values 1, of one constant none', () => {
    const table = { n: 2000, rows: 2, columns: 2 };
    expectClose(cramersV({ ...table, statistic: 94.28809523809525 }), 0.2160258, 5e-8);
    expectClose(cramersV({ ...table, statistic: 2000 }), 1, 1e-12);
    expect(cramersV({ ...table, statistic: 0, columns: 1 })).toBeUndefined();
  });
});
