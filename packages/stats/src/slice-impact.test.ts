import { describe, expect, test } from 'vitest';
import { effectSize } from './effect-size.ts';
import { expectClose } from './expect-close.ts';
import type { Moments } from './moments.ts';
import { readFixture } from './read-fixture.ts';
import { sliceImpact } from './slice-impact.ts';
import { welchTest } from './welch-test.ts';

function momentsOf(values: readonly number[]): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { n: values.length, mean, m2: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
}

const identity = { value: (mean: number) => mean, slope: () => 1 };
const root = { value: Math.sqrt, slope: (mean: number) => 0.5 / Math.sqrt(mean) };

/** Numbers in [0, 1) that look random and follow from the seed. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('sliceImpact', () => {
  const slice = momentsOf([4, 6, 5, 9]);
  const rest = momentsOf([1, 2, 3, 2, 1, 3]);

  test('is the metric of all less the metric of the rest', () => {
    expectClose(sliceImpact(slice, rest, identity)?.impact, 3.6 - 2, 1e-12);
    expectClose(sliceImpact(slice, rest, root)?.impact, Math.sqrt(3.6) - Math.sqrt(2), 1e-12);
  });

  test('of a mean it is the share times the difference', () => {
    expectClose(sliceImpact(slice, rest, identity)?.impact, 0.4 * (6 - 2), 1e-12);
  });

  test.each([
    ['a mean', identity, 0.3 * 0.5],
    ['a root', root, Math.sqrt(0.55) - Math.sqrt(0.4)],
  ])('95%% intervals of %s hold the truth in 93 to 97%% of 2,000 draws', (_, metric, truth) => {
    const next = draws(77);
    let held = 0;
    for (let run = 0; run < 2000; run++) {
      const groups: [number[], number[]] = [[], []];
      // A third of rows of mean 0.9, the rest of mean 0.4, exponential.
      for (let i = 0; i < 400; i++) {
        const isSlice = next() < 0.3;
        groups[isSlice ? 0 : 1].push(-Math.log(1 - next()) * (isSlice ? 0.9 : 0.4));
      }
      const found = sliceImpact(momentsOf(groups[0]), momentsOf(groups[1]), metric);
      if (found && found.lower <= truth && truth <= found.upper) held++;
    }
    expect(held / 2000).toBeGreaterThan(0.93);
    expect(held / 2000).toBeLessThan(0.97);
  });

  test('undefined with fewer than two rows on a side', () => {
    expect(sliceImpact(momentsOf([1]), rest, identity)).toBeUndefined();
    expect(sliceImpact(slice, momentsOf([1]), identity)).toBeUndefined();
  });
});

describe('welchTest', () => {
  const { welch } = readFixture<{
    welch: { a: number[]; b: number[]; statistic: number; df: number; pValue: number }[];
  }>('root-cause');

  test.each(welch)('equals scipy, t = $statistic', ({ a, b, statistic, df, pValue }) => {
    const found = welchTest(momentsOf(a), momentsOf(b));
    expectClose(found?.statistic, statistic, 1e-10);
    expectClose(found?.df, df, 1e-10);
    expectClose(found?.pValue, pValue, 1e-10);
  });

  test('undefined where nothing varies or a side has one row', () => {
    expect(welchTest(momentsOf([1, 1]), momentsOf([2, 2]))).toBeUndefined();
    expect(welchTest(momentsOf([1]), momentsOf([2, 3]))).toBeUndefined();
  });
});

test('effectSize: one standard deviation apart is 1', () => {
  expectClose(effectSize(momentsOf([2, 4]), momentsOf([1, 3])), 1, 1e-12);
  expect(effectSize(momentsOf([2, 2]), momentsOf([1, 1]))).toBeUndefined();
});
