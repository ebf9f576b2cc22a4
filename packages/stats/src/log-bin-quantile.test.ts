import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logBinQuantile } from './log-bin-quantile.ts';

const perOctave = 8;
const binned = (values: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const x of values) {
    const bin = x < 1 ? 0 : Math.floor(perOctave * Math.log2(x)) + 1;
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return { bins: sorted.map(([bin]) => bin), counts: sorted.map(([, count]) => count) };
};

test('there is none of no values', () => {
  expect(logBinQuantile({ bins: [], counts: [] }, 0.5, perOctave)).toBeUndefined();
});

test('less than one is 0, at most 1 off', () => {
  expect(logBinQuantile(binned([0, 0.5, 100]), 0.5, perOctave)).toEqual({ value: 0, lower: 0, upper: 1 });
});

test.each([
  [0, 1],
  [0.25, 1],
  [0.5, 2],
  [0.51, 4],
  [1, 8],
])('quantile %d of 1, 2, 4 and 8 lies in the bin that begins at %d', (q, wanted) => {
  expect(logBinQuantile(binned([1, 2, 4, 8]), q, perOctave)?.lower).toBeCloseTo(wanted, 12);
});

test('whatever the values, it is off by at most 4.4 % of the one of that rank', () => {
  const values = fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.constantFrom(0, 0.05, 0.5, 0.9, 0.95, 0.99, 1), (sample, q) => {
      const sorted = [...sample].sort((a, b) => a - b);
      const exact = sorted[Math.max(1, Math.ceil(q * sorted.length - 1e-9)) - 1] ?? Number.NaN;
      const found = logBinQuantile(binned(sample), q, perOctave);
      expect(Math.abs((found?.value ?? 0) - exact)).toBeLessThanOrEqual(0.0443 * (found?.value ?? 0));
      expect(exact).toBeGreaterThanOrEqual((found?.lower ?? 0) * (1 - 1e-12));
      expect(exact).toBeLessThanOrEqual((found?.upper ?? 0) * (1 + 1e-12));
    }),
    { seed: 9, numRuns: 300 },
  );
});
