import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateIsotonic } from './evaluate-isotonic.ts';
import { expectClose } from './expect-close.ts';
import { isotonicRegression } from './isotonic-regression.ts';
import { readFixture } from './read-fixture.ts';

interface Case {
  title: string;
  x: number[];
  y: number[];
  weights: number[];
  fitX: number[];
  fitY: number[];
  at: number[];
  value: number[];
}
const { cases } = readFixture<{ cases: Case[] }>('isotonic');
const empty = { x: [], y: [] };

describe('isotonic regression equals scikit-learn', () => {
  test.each(cases)('$title', ({ x, y, weights, fitX, fitY, at, value }) => {
    const fit = isotonicRegression(x, y, weights) ?? empty;
    const scale = Math.max(...y.map(Math.abs));
    for (const [i, threshold] of fitX.entries())
      expectClose((evaluateIsotonic(fit, threshold) ?? 0) / scale, (fitY[i] ?? 0) / scale, 1e-12);
    for (const [i, point] of at.entries())
      expectClose((evaluateIsotonic(fit, point) ?? 0) / scale, (value[i] ?? 0) / scale, 1e-9);
  });

  test('keeps the ends of runs of equal values', () => {
    const scores = [0.1, 0.4, 0.35, 0.8, 0.2, 0.9, 0.6, 0.7, 0.55, 0.3, 0.4, 0.05];
    const labels = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
    const fit = isotonicRegression(scores, labels) ?? empty;
    expect(fit.x).toEqual([0.05, 0.3, 0.35, 0.6, 0.7, 0.9]);
    for (const [i, y] of [0, 0, 0.6, 0.6, 1, 1].entries()) expectClose(fit.y[i], y, 1e-12);
  });
});

const rows = fc.array(
  fc.record({
    x: fc.integer({ min: -20, max: 20 }),
    y: fc.double({ min: -5, max: 5, noNaN: true }),
    weight: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('isotonic regression', () => {
  test('never falls, keeps the weighted mean, and leaves rising values alone', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const [x, y, weights] = [drawn.map((r) => r.x), drawn.map((r) => r.y), drawn.map((r) => r.weight)];
        const fit = isotonicRegression(x, y, weights) ?? empty;
        expect(fit.y.every((value, i) => i === 0 || value >= (fit.y[i - 1] ?? 0))).toBe(true);
        const sum = (values: number[]) => values.reduce((total, v, i) => total + v * (weights[i] ?? 0), 0);
        expectClose(sum(x.map((v) => evaluateIsotonic(fit, v) ?? Number.NaN)), sum(y), 1e-9);
        const again = isotonicRegression(fit.x, fit.y) ?? empty;
        for (const value of x)
          expectClose(evaluateIsotonic(again, value), evaluateIsotonic(fit, value) ?? null, 1e-12);
      }),
    );
  });

  test('a row of weight w counts as w rows', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const repeated = drawn.flatMap((row) => new Array<typeof row>(row.weight).fill(row));
        const [x, y] = [repeated.map((r) => r.x), repeated.map((r) => r.y)];
        const fit = isotonicRegression(x, y) ?? empty;
        const weighted = isotonicRegression(
          drawn.map((r) => r.x),
          drawn.map((r) => r.y),
          drawn.map((r) => r.weight),
        );
        for (const value of x)
          expectClose(evaluateIsotonic(weighted ?? empty, value), evaluateIsotonic(fit, value) ?? null);
      }),
    );
  });

  test('is undefined without a finite row of positive weight', () => {
    expect(isotonicRegression([], [])).toBeUndefined();
    expect(isotonicRegression([1, Number.NaN], [Infinity, 2])).toBeUndefined();
    expect(isotonicRegression([1], [2], [0])).toBeUndefined();
    expect(evaluateIsotonic(empty, 1)).toBeUndefined();
    expect(evaluateIsotonic({ x: [1], y: [2] }, Number.NaN)).toBeUndefined();
  });

  test('rejects different numbers of x, y and weights', () => {
    expect(() => isotonicRegression([1], [])).toThrow(RangeError);
    expect(() => isotonicRegression([1], [1], [])).toThrow(RangeError);
  });
});
