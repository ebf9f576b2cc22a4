import { describe, expect, test } from 'vitest';
import { accuracy } from './accuracy.ts';
import { balancedAccuracy } from './balanced-accuracy.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { confusionAtBin } from './confusion-at-bin.ts';
import { expectClose } from './expect-close.ts';
import { f1 } from './f1.ts';
import { falseNegativeRate } from './false-negative-rate.ts';
import { falsePositiveRate } from './false-positive-rate.ts';
import { matthewsCorrelation } from './matthews-correlation.ts';
import { type AveragedScores, multiclassReport } from './multiclass-report.ts';
import { negativePredictiveValue } from './negative-predictive-value.ts';
import { precision } from './precision.ts';
import { readFixture } from './read-fixture.ts';
import { recall } from './recall.ts';
import { regressionReport } from './regression-report.ts';
import { specificity } from './specificity.ts';

interface RegressionCase {
  actual: number[];
  predicted: number[];
  mae: number;
  mse: number;
  rmse: number;
  mape: number;
  r2: number;
  bias: number;
}
const fixture = readFixture<{
  multiclass: {
    counts: number[][];
    accuracy: number;
    macro: AveragedScores;
    weighted: AveragedScores;
    matthewsCorrelation: number | null;
    cohenKappa: number | null;
  }[];
  regression: RegressionCase[];
}>('classes');

describe('binary confusion scores', () => {
  const confusion = { tp: 4, fp: 1, fn: 2, tn: 5 };
  test.each([
    ['accuracy', accuracy(confusion), 9 / 12],
    ['precision', precision(confusion), 0.8],
    ['recall', recall(confusion), 4 / 6],
    ['f1', f1(confusion), 0.7272727],
    ['specificity', specificity(confusion), 5 / 6],
    ['false positive rate', falsePositiveRate(confusion), 1 / 6],
    ['false negative rate', falseNegativeRate(confusion), 2 / 6],
    ['negative predictive value', negativePredictiveValue(confusion), 5 / 7],
    ['balanced accuracy', balancedAccuracy(confusion), 0.75],
    [
      'Matthews correlation',
      matthewsCorrelation([
        [5, 1],
        [2, 4],
      ]),
      0.5070926,
    ],
    [
      'Cohen kappa',
      cohenKappa([
        [5, 1],
        [2, 4],
      ]),
      0.5,
    ],
  ])('%s', (_, actual, expected) => expectClose(actual, expected, 1e-7));

  test('0/0 is undefined, not 0', () => {
    const empty = { tp: 0, fp: 0, fn: 0, tn: 0 };
    const scores = [accuracy, precision, recall, f1, specificity, falsePositiveRate, falseNegativeRate];
    for (const score of [...scores, negativePredictiveValue, balancedAccuracy])
      expect(score(empty)).toBeUndefined();
    expect(precision({ tp: 0, fp: 0, fn: 3, tn: 5 })).toBeUndefined();
    expect(f1({ tp: 0, fp: 0, fn: 3, tn: 5 })).toBe(0);
    expect(balancedAccuracy({ tp: 0, fp: 2, fn: 0, tn: 5 })).toBeUndefined();
  });

  test('a threshold at the lower edge of a bin predicts that bin positive', () => {
    expect(confusionAtBin([1, 2, 4], [8, 16, 32], 1)).toEqual({ tp: 6, fp: 48, fn: 1, tn: 8 });
    expect(confusionAtBin([1, 2, 4], [8, 16, 32], 0)).toEqual({ tp: 7, fp: 56, fn: 0, tn: 0 });
    expect(confusionAtBin([1, 2, 4], [8, 16, 32], 3)).toEqual({ tp: 0, fp: 0, fn: 7, tn: 56 });
  });
});

describe('multiclass scores equal scikit-learn', () => {
  test.each(fixture.multiclass)('$counts', (row) => {
    const report = multiclassReport(row.counts);
    expectClose(report?.accuracy, row.accuracy);
    for (const average of ['macro', 'weighted'] as const) {
      for (const score of ['precision', 'recall', 'f1'] as const) {
        expectClose(report?.[average][score], row[average][score]);
      }
    }
    expectClose(matthewsCorrelation(row.counts), row.matthewsCorrelation);
    expectClose(cohenKappa(row.counts), row.cohenKappa);
  });

  test('published values', () => {
    const counts = [
      [2, 0, 0],
      [0, 2, 1],
      [0, 1, 2],
    ];
    expectClose(multiclassReport(counts)?.macro.f1, 0.7777778, 1e-7);
    expectClose(matthewsCorrelation(counts), 0.6190476, 1e-7);
    expectClose(cohenKappa(counts), 0.6190476, 1e-7);
  });

  test('per class, 0/0 is undefined; an absent class leaves the averages alone', () => {
    const report = multiclassReport([
      [3, 1, 0],
      [2, 4, 0],
      [0, 0, 0],
    ]);
    expect(report?.perClass[2]).toEqual({
      precision: undefined,
      recall: undefined,
      f1: undefined,
      support: 0,
    });
    expect(report?.macro).toEqual(
      multiclassReport([
        [3, 1],
        [2, 4],
      ])?.macro,
    );
  });

  test('are undefined without rows', () => {
    expect(multiclassReport([])).toBeUndefined();
    expect(
      multiclassReport([
        [0, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(matthewsCorrelation([[0]])).toBeUndefined();
    expect(cohenKappa([[0]])).toBeUndefined();
  });
});

describe('regression scores', () => {
  const sums = ({ actual, predicted }: Pick<RegressionCase, 'actual' | 'predicted'>) => {
    const errors = predicted.map((value, i) => value - (actual[i] ?? 0));
    const add = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
    const mean = add(actual) / actual.length;
    const nonZero = errors.flatMap((e, i) => (actual[i] ? [Math.abs(e / (actual[i] ?? 1))] : []));
    return {
      n: actual.length,
      errorSum: add(errors),
      absoluteErrorSum: add(errors.map(Math.abs)),
      squaredErrorSum: add(errors.map((e) => e * e)),
      absoluteActualSum: add(actual.map(Math.abs)),
      actualM2: add(actual.map((y) => (y - mean) ** 2)),
      relativeErrorSum: add(nonZero),
      relativeErrorCount: nonZero.length,
    };
  };

  test.each(fixture.regression)('equal scikit-learn, MAE $mae', (row) => {
    const report = regressionReport(sums(row));
    for (const score of ['mae', 'mse', 'rmse', 'mape', 'r2', 'bias'] as const)
      expectClose(report?.[score], row[score]);
  });

  test('published WAPE', () => {
    expectClose(regressionReport(sums({ actual: [3, -0.5, 2, 7], predicted: [2.5, 0, 2, 8] }))?.wape, 0.16);
  });

  test('mape leaves out zero actuals; r2 of constant actuals and scores without rows are undefined', () => {
    const report = regressionReport(sums({ actual: [0, 0], predicted: [1, 3] }));
    expect(report).toMatchObject({ mae: 2, bias: 2, mape: undefined, wape: undefined, r2: undefined });
    expectClose(regressionReport(sums({ actual: [0, 2], predicted: [1, 3] }))?.mape, 0.5);
    expect(regressionReport(sums({ actual: [], predicted: [] }))).toBeUndefined();
  });
});
