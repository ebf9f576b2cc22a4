import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorQuantile } from './error-quantile.ts';
import { expectClose } from './expect-close.ts';
import { explainedVarianceError } from './explained-variance-error.ts';
import { quantileSorted } from './quantile-sorted.ts';
import { readFixture } from './read-fixture.ts';

const { regression } = readFixture<{
  regression: {
    actual: number[];
    predicted: number[];
    explainedVariance: number;
    explainedVarianceError: number;
    medianAbsoluteError: number;
    p90AbsoluteError: number;
    maxError: number;
  }[];
}>('performance');

const perOctave = 32;

function binned(sizes: readonly number[]) {
  const missed = sizes.filter((size) => size > 0).map((size) => Math.floor(Math.log2(size) * perOctave));
  const bins = [...new Set(missed)].sort((a, b) => a - b);
  return {
    zeros: sizes.length - missed.length,
    bins,
    counts: bins.map((bin) => missed.filter((other) => other === bin).length),
    largest: Math.max(0, ...sizes),
  };
}

const sum = (terms: readonly number[]) => terms.reduce((total, term) => total + term, 0);

describe('quantiles of binned errors', () => {
  test.each(regression)(
    'lie within their bound of scikit-learn’s and numpy’s: $medianAbsoluteError',
    (row) => {
      const sizes = binned(row.actual.map((y, i) => Math.abs((row.predicted[i] ?? 0) - y)));
      for (const [q, exact] of [
        [0.5, row.medianAbsoluteError],
        [0.9, row.p90AbsoluteError],
        [1, row.maxError],
      ] as const) {
        const quantile = errorQuantile(sizes, q, perOctave);
        expect(Math.abs((quantile?.value ?? 0) - exact)).toBeLessThanOrEqual(
          (quantile?.errorBound ?? 0) + 1e-12,
        );
        expect(quantile?.errorBound).toBeLessThanOrEqual(0.0112 * exact + 1e-12);
      }
    },
  );

  test('keep to the bound for sizes of any magnitude, zeros among them', () => {
    const size = fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1e300, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sizes, q) => {
          const exact = quantileSorted(Float64Array.from(sizes).sort(), q) ?? Number.NaN;
          const { value, errorBound, lower, upper } = errorQuantile(binned(sizes), q, perOctave) ?? {
            value: Number.NaN,
            errorBound: 0,
            lower: 0,
            upper: 0,
          };
          expect(lower <= value && value <= upper).toBe(true);
          return Math.abs(value - exact) <= errorBound * (1 + 1e-9) + Math.abs(exact) * 1e-9;
        },
      ),
    );
  });

  test('are undefined without sizes', () => {
    expect(errorQuantile({ zeros: 0, bins: [], counts: [], largest: 0 }, 0.5, perOctave)).toBeUndefined();
  });
});

describe('the error of the explained variance', () => {
  const sumsOf = (actual: readonly number[], predicted: readonly number[]) => {
    const n = actual.length;
    const centre = sum(actual) / n;
    const e = actual.map((y, i) => (predicted[i] ?? 0) - y);
    const d = actual.map((y) => y - centre);
    const squares = e.map((x) => x * x);
    return {
      n,
      errorSum: sum(e),
      squaredErrorSum: sum(squares),
      squaredErrorM2: sum(squares.map((x) => (x - sum(squares) / n) ** 2)),
      cubedErrorSum: sum(e.map((x) => x ** 3)),
      actualM2: sum(d.map((x) => x * x)),
      actualM4: sum(d.map((x) => x ** 4)),
      squaredErrorActualM2: sum(e.map((x, i) => (x * (d[i] ?? 0)) ** 2)),
      errorActualM2: sum(e.map((x, i) => x * (d[i] ?? 0) ** 2)),
    };
  };

  test.each(regression)('equals the infinitesimal jackknife of scikit-learn: $explainedVariance', (row) => {
    expectClose(explainedVarianceError(sumsOf(row.actual, row.predicted)), row.explainedVarianceError, 1e-6);
  });

  test('is not known where the bias swamps the spread', () => {
    const actual = [1, 2, 3, 4, 5, 6];
    const predicted = [1e9 + 1, 1e9 + 2.5, 1e9 + 2.5, 1e9 + 4.5, 1e9 + 4.5, 1e9 + 6];
    expect(explainedVarianceError(sumsOf(actual, predicted))).toBeUndefined();
  });
});
