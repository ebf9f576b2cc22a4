import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averagePrecisionError } from './average-precision-error.ts';
import { averagedScoreErrors } from './averaged-score-errors.ts';
import { balancedAccuracyInterval } from './balanced-accuracy-interval.ts';
import { calibrationErrorInterval } from './calibration-error-interval.ts';
import { cohenKappaError } from './cohen-kappa-error.ts';
import { delongError } from './delong-error.ts';
import { expectClose } from './expect-close.ts';
import { f1 } from './f1.ts';
import { f1Interval } from './f1-interval.ts';
import { histogramAuc } from './histogram-auc.ts';
import { histogramAveragePrecision } from './histogram-average-precision.ts';
import { logInterval } from './log-interval.ts';
import { logitInterval } from './logit-interval.ts';
import { matthewsCorrelationError } from './matthews-correlation-error.ts';
import { normalInterval } from './normal-interval.ts';
import { type R2Sums, r2Error } from './r2-error.ts';
import { ratioError } from './ratio-error.ts';
import { readFixture } from './read-fixture.ts';

interface Averages {
  precision: number;
  recall: number;
  f1: number;
}
const fixture = readFixture<{
  classes: {
    counts: number[][];
    macro: Averages;
    weighted: Averages;
    matthewsCorrelation: number;
    cohenKappa: number;
  }[];
  ranking: {
    positives: number[];
    negatives: number[];
    averagePrecision: number;
    error: number;
    auc: number;
    aucError: number;
  }[];
  regression: (R2Sums & {
    r2Error: number;
    absoluteErrorSum: number;
    absoluteActualSum: number;
    absoluteErrorM2: number;
    absoluteActualM2: number;
    comoment: number;
    wapeError: number;
  })[];
}>('errors');

describe('standard errors equal the infinitesimal jackknife of scikit-learn', () => {
  test.each(fixture.classes)('confusion $counts', (row) => {
    const errors = averagedScoreErrors(row.counts);
    for (const average of ['macro', 'weighted'] as const) {
      for (const score of ['precision', 'recall', 'f1'] as const) {
        expectClose(errors?.[average][score], row[average][score], 1e-7);
      }
    }
    expectClose(matthewsCorrelationError(row.counts), row.matthewsCorrelation, 1e-7);
    expectClose(cohenKappaError(row.counts), row.cohenKappa, 1e-7);
  });

  test.each(fixture.ranking)('average precision $averagePrecision', (row) => {
    expectClose(histogramAveragePrecision(row.positives, row.negatives)?.value, row.averagePrecision);
    expectClose(averagePrecisionError(row.positives, row.negatives), row.error, 1e-7);
  });

  test.each(fixture.ranking)(
    'ROC AUC $auc, rows left out one by one',
    ({ positives, negatives, auc, aucError }) => {
      expectClose(histogramAuc(positives, negatives)?.value, auc);
      expectClose(delongError(positives, negatives), aucError);
    },
  );

  test.each(fixture.regression)('R² and WAPE of $n rows', (row) => {
    expectClose(r2Error(row), row.r2Error, 1e-7);
    const sums = {
      n: row.n,
      numeratorSum: row.absoluteErrorSum,
      denominatorSum: row.absoluteActualSum,
      numeratorM2: row.absoluteErrorM2,
      denominatorM2: row.absoluteActualM2,
      comoment: row.comoment,
    };
    expectClose(ratioError(sums), row.wapeError, 1e-7);
  });
});

const confusion = fc.record({
  tp: fc.integer({ min: 0, max: 5000 }),
  fp: fc.integer({ min: 0, max: 5000 }),
  fn: fc.integer({ min: 0, max: 5000 }),
  tn: fc.integer({ min: 0, max: 5000 }),
});

describe('intervals of scores', () => {
  test('hold the value and stay in [0, 1]', () => {
    fc.assert(
      fc.property(confusion, (counts) => {
        const value = f1(counts);
        const interval = f1Interval(counts);
        if (value === undefined || !interval) return interval === undefined;
        return (
          0 <= interval.lower && interval.lower <= value && value <= interval.upper && interval.upper <= 1
        );
      }),
    );
    expect(balancedAccuracyInterval({ tp: 10, fn: 0, tn: 20, fp: 0 })?.upper).toBe(1);
    expect(balancedAccuracyInterval({ tp: 10, fn: 0, tn: 0, fp: 0 })).toBeUndefined();
  });

  test('by logarithm and logit stay on their side of the border', () => {
    expect(logInterval(0.1, 5)?.lower).toBeGreaterThan(0);
    expect(logInterval(0, 0)).toEqual({ lower: 0, upper: 0 });
    expect(logInterval(-1, 1)).toBeUndefined();
    expect(logitInterval(0.99, 0.5)?.upper).toBeLessThanOrEqual(1);
    expect(logitInterval(1, 0.1)).toBeUndefined();
    expectClose(logitInterval(0.5, 0.01)?.upper, 0.5195896, 1e-6);
    expect(normalInterval(0.9, 0.1, { max: 1 })).toEqual({ lower: 0.9 - 0.1 * 1.959963984540054, upper: 1 });
    expect(normalInterval(0.9, Number.NaN)).toBeUndefined();
  });

  test('of the calibration error hold 0 when the gaps are noise, and not when they are large', () => {
    const table = (gap: number, count: number) =>
      Array.from({ length: 10 }, (_, i) => ({
        count,
        meanScore: 0.05 + i / 10,
        positiveRate: Math.min(1, Math.max(0, 0.05 + i / 10 + (i % 2 ? gap : -gap))),
      }));
    expect(calibrationErrorInterval(table(0.02, 100))?.lower).toBe(0);
    const large = calibrationErrorInterval(table(0.04, 50_000));
    expect(large?.lower).toBeGreaterThan(0.035);
    expect(large?.upper).toBeLessThan(0.045);
    expect(calibrationErrorInterval([])).toBeUndefined();
    expect(calibrationErrorInterval(table(0, 100))?.lower).toBe(0);
    expect(calibrationErrorInterval(table(0, 100))?.upper).toBeGreaterThanOrEqual(0);
  });

  test('are undefined where the score is', () => {
    expect(
      matthewsCorrelationError([
        [5, 0],
        [3, 0],
      ]),
    ).toBeUndefined();
    expect(
      cohenKappaError([
        [5, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(
      averagedScoreErrors([
        [0, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(averagePrecisionError([0], [3])).toBeUndefined();
    expect(delongError([1, 0], [3, 2])).toBeUndefined();
    expect(delongError([3, 2], [1, 0])).toBeUndefined();
    expect(
      r2Error({
        n: 3,
        squaredErrorSum: 1,
        squaredErrorM2: 1,
        actualM2: 0,
        actualM4: 0,
        squaredErrorActualM2: 0,
      }),
    ).toBeUndefined();
    expect(
      ratioError({ n: 1, numeratorSum: 1, denominatorSum: 1, numeratorM2: 0, denominatorM2: 0, comoment: 0 }),
    ).toBeUndefined();
  });
});
