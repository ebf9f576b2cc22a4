import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ControlChart, newChart } from './control-chart.ts';
import { cusum } from './cusum.ts';
import { cusumRunLength } from './cusum-run-length.ts';
import { ewma } from './ewma.ts';
import { ewmaRunLength } from './ewma-run-length.ts';
import { pageHinkley } from './page-hinkley.ts';

/** The statistic after every value. */
function statistics(chart: ControlChart, values: readonly number[]): number[] {
  let state = newChart;
  return values.map((x) => {
    state = chart.next(state, x);
    return state.statistic;
  });
}

const values = [0, 0.2, -0.3, 0.1, 1.5, 1.8, 2, 1.2, 0.9];

describe('known sequences', () => {
  it('CUSUM with slack 0.5', () => {
    const found = statistics(cusum({ slack: 0.5, limit: 5 }), values);
    [0, 0, 0, 0, 1, 2.3, 3.8, 4.5, 4.9].forEach((sum, i) => {
      expect(found[i]).toBeCloseTo(sum, 12);
    });
  });

  it('EWMA with weight 0.2', () => {
    const chart = ewma({ weight: 0.2, width: 3 });
    expect(chart.limit).toBeCloseTo(1, 12);
    expect(statistics(chart, values).at(-1)).toBeCloseTo(0.93441, 5);
  });

  it('Page–Hinkley', () => {
    const chart = pageHinkley({ delta: 0.005, limit: 1, forgetting: 0.9999, fewest: 5 });
    const found = statistics(chart, [0.1, 0.12, 0.09, 0.11, 0.1, 0.1, 0.5, 0.6, 0.55]);
    expect(found.findIndex((statistic) => statistic > chart.limit)).toBe(8);
    expect(found[8]).toBeCloseTo(1.007673, 6);
  });
});

const charts: [string, ControlChart][] = [
  ['CUSUM', cusum({ slack: 0.5, limit: 4 })],
  ['EWMA', ewma({ weight: 0.2, width: 3 })],
  ['Page–Hinkley', pageHinkley({ delta: 0.005, limit: 5, forgetting: 0.9999, fewest: 3 })],
];

it.each(charts)('%s: a value within reach is no alarm, one beyond is', (_, chart) => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 20 }), (past) => {
      const state = past.reduce(chart.next, newChart);
      const reach = chart.reach(state);
      fc.pre(Number.isFinite(reach));
      expect(chart.next(state, reach - 1e-6).statistic).toBeLessThan(chart.limit);
      expect(chart.next(state, reach + 1e-6).statistic).toBeGreaterThan(chart.limit);
    }),
  );
});

it('Page–Hinkley is silent before its fewest values', () => {
  const chart = pageHinkley({ delta: 0.005, limit: 1, forgetting: 1, fewest: 4 });
  const reaches = [0, 0, 0, 0].map((_, n) => chart.reach({ statistic: 0, n, mean: 0 }));
  expect(reaches.map(Number.isFinite)).toEqual([false, false, false, true]);
});

describe('average run length', () => {
  // Two-sided, of Montgomery (6th ed., table 9.3) and of Lucas & Saccucci (1990).
  it.each([
    [4, 168],
    [5, 465],
  ])('of a CUSUM with slack 0.5 and limit %d', (limit, length) => {
    const found = cusumRunLength({ slack: 0.5, limit, sides: 2 }) ?? 0;
    expect(Math.abs(found / length - 1)).toBeLessThan(0.02);
  });

  it.each([
    [0.2, 3, 560],
    [0.1, 2.814, 500],
    [0.25, 2.998, 500],
  ])('of an EWMA with weight %d and width %d', (weight, width, length) => {
    const found = ewmaRunLength({ weight, width, sides: 2 }) ?? 0;
    expect(Math.abs(found / length - 1)).toBeLessThan(0.02);
  });

  it('of an average of one value is that of single values', () => {
    expect(ewmaRunLength({ weight: 1, width: 3, sides: 2 })).toBeCloseTo(370.4, 0);
    expect(ewmaRunLength({ weight: 1, width: 3, sides: 1 })).toBeCloseTo(740.8, 0);
  });

  it('is about twice as long on one side, and not defined without a limit', () => {
    const one = ewmaRunLength({ weight: 0.2, width: 3, sides: 1 }) ?? 0;
    expect(one / (ewmaRunLength({ weight: 0.2, width: 3, sides: 2 }) ?? 1)).toBeCloseTo(2, 1);
    expect(cusumRunLength({ slack: 0.5, limit: 0, sides: 1 })).toBeUndefined();
    expect(cusumRunLength({ slack: 0.5, limit: 1e4, sides: 1 })).toBeUndefined();
    expect(ewmaRunLength({ weight: 0, width: 3, sides: 1 })).toBeUndefined();
  });
});
