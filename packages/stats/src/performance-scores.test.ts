import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceInterval } from './difference-interval.ts';
import { expectClose } from './expect-close.ts';
import { falseNegativeRate } from './false-negative-rate.ts';
import { falsePositiveRate } from './false-positive-rate.ts';
import { ksScore } from './ks-score.ts';
import { negativePredictiveValue } from './negative-predictive-value.ts';
import { quadraticWeightedKappa } from './quadratic-weighted-kappa.ts';
import { readFixture } from './read-fixture.ts';
import { topScores } from './top-scores.ts';
import { wilson } from './wilson.ts';
import { youdenJ } from './youden-j.ts';

const fixture = readFixture<{
  binary: {
    tp: number;
    fp: number;
    fn: number;
    tn: number;
    falsePositiveRate: number;
    falseNegativeRate: number;
    negativePredictiveValue: number;
    youdenJ: number;
    positives: number[];
    negatives: number[];
    ksScore: number;
    top: { precision: number; lift: number };
  }[];
  kappa: { counts: number[][]; value: number; error: number }[];
  newcombe: { x1: number; n1: number; x2: number; n2: number; lower: number; upper: number }[];
}>('performance');

const score = fc.integer({ min: 0, max: 19 });
const rows = fc
  .tuple(fc.array(score, { minLength: 1, maxLength: 60 }), fc.array(score, { minLength: 1, maxLength: 60 }))
  .map((sides) =>
    sides.map((scores) => Array.from({ length: 20 }, (_, bin) => scores.filter((s) => s === bin).length)),
  );

describe('scores of a binary classifier equal scikit-learn', () => {
  test.each(fixture.binary)('KS score $ksScore, top tenth $top.lift', (row) => {
    expectClose(falsePositiveRate(row), row.falsePositiveRate);
    expectClose(falseNegativeRate(row), row.falseNegativeRate);
    expectClose(negativePredictiveValue(row), row.negativePredictiveValue);
    expectClose(youdenJ(row), row.youdenJ);
    expectClose(ksScore(row.positives, row.negatives)?.value, row.ksScore);
    const top = topScores(row.positives, row.negatives, 0.1);
    expectClose(top?.precision.value, row.top.precision);
    expectClose(top?.lift.value, row.top.lift);
  });
});

describe('the published rows', () => {
  test('KS score of twelve scores', () => {
    const y = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
    const s = [0.1, 0.4, 0.35, 0.8, 0.2, 0.9, 0.6, 0.7, 0.55, 0.3, 0.4, 0.05];
    const histogram = (label: number) =>
      Array.from(
        { length: 20 },
        (_, i) => s.filter((x, j) => Math.round(x * 20) === i && y[j] === label).length,
      );
    expectClose(ksScore(histogram(1), histogram(0))?.value, 0.6666667, 1e-7);
  });
});

describe('binned scores', () => {
  test('stay inside their error bounds when bins are joined by pairs', () => {
    const joined = (counts: number[]) =>
      Array.from({ length: 10 }, (_, i) => (counts[2 * i] ?? 0) + (counts[2 * i + 1] ?? 0));
    fc.assert(
      fc.property(rows, ([positives = [], negatives = []]) => {
        const fine = { ks: ksScore(positives, negatives), top: topScores(positives, negatives, 0.1) };
        const [p, q] = [joined(positives), joined(negatives)];
        const coarse = { ks: ksScore(p, q), top: topScores(p, q, 0.1) };
        const gaps = [
          [fine.ks, coarse.ks],
          [fine.top?.precision, coarse.top?.precision],
          [fine.top?.lift, coarse.top?.lift],
        ] as const;
        for (const [exact, binned] of gaps)
          expect(Math.abs((exact?.value ?? 9) - (binned?.value ?? 0))).toBeLessThanOrEqual(
            (binned?.errorBound ?? 0) + 1e-12,
          );
      }),
    );
  });

  test('are undefined without a class', () => {
    expect(ksScore([0, 0], [1, 2])).toBeUndefined();
    expect(topScores([1, 2], [0, 0], 0.1)).toBeUndefined();
    expect(topScores([1, 2], [1, 0], 1)).toBeUndefined();
    expect(youdenJ({ tp: 0, fp: 2, fn: 0, tn: 5 })).toBeUndefined();
  });
});

describe('quadratic-weighted kappa', () => {
  test.each(fixture.kappa)('equals scikit-learn: $value', ({ counts, value, error }) => {
    const kappa = quadraticWeightedKappa(
      counts,
      counts.map((_, i) => i),
    );
    expectClose(kappa?.value, value);
    expectClose(kappa?.standardError, error, 1e-7);
  });

  test('does not depend on the unit of the positions, and needs more than one class', () => {
    const counts = [
      [5, 2, 1],
      [1, 7, 2],
      [0, 3, 6],
    ];
    const plain = quadraticWeightedKappa(counts, [1, 2, 3]);
    const scaled = quadraticWeightedKappa(counts, [10, 30, 50]);
    expectClose(scaled?.value, plain?.value ?? null);
    expectClose(scaled?.standardError, plain?.standardError ?? null);
    expect(quadraticWeightedKappa([[9]], [1])).toBeUndefined();
  });
});

describe('the interval of a difference', () => {
  const share = (x: number, n: number) => ({ value: x / n, ...(wilson(x, n) ?? { lower: 0, upper: 1 }) });

  test.each(fixture.newcombe)('of $x1/$n1 and $x2/$n2 equals Newcombe’s of statsmodels', (row) => {
    const difference = differenceInterval(share(row.x2, row.n2), share(row.x1, row.n1));
    expectClose(difference.lower, row.lower);
    expectClose(difference.upper, row.upper);
  });

  test('of normal intervals adds the squared errors', () => {
    const normal = (value: number, reach: number) => ({ value, lower: value - reach, upper: value + reach });
    expect(differenceInterval(normal(8, 4), normal(10, 3))).toEqual({ lower: -7, upper: 3 });
  });
});
