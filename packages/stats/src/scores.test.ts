import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelledScores } from './arbitraries.ts';
import { aucSamples } from './auc-samples.ts';
import { averagePrecisionSamples } from './average-precision-samples.ts';
import { binIndex } from './bin-index.ts';
import { brierScore } from './brier-score.ts';
import { delongError } from './delong-error.ts';
import { expectClose } from './expect-close.ts';
import { histogramAuc } from './histogram-auc.ts';
import { histogramAveragePrecision } from './histogram-average-precision.ts';
import { logLoss } from './log-loss.ts';
import { prCurve } from './pr-curve.ts';
import { readFixture } from './read-fixture.ts';
import { rocCurve } from './roc-curve.ts';
import { scoreGroups } from './score-groups.ts';

interface Case {
  title: string;
  scores: number[];
  labels: number[];
  auc: number;
  averagePrecision: number;
  logLoss: number;
  brier: number;
  positives: number[];
  negatives: number[];
  binnedAuc: number;
  binnedAveragePrecision: number;
}
const { cases } = readFixture<{ cases: Case[] }>('scores');
const edges = Array.from({ length: 8 }, (_, i) => i / 7);

function histogram(scores: number[], labels: boolean[]) {
  const positives = new Array<number>(7).fill(0);
  const negatives = new Array<number>(7).fill(0);
  for (const [i, score] of scores.entries()) {
    const counts = labels[i] ? positives : negatives;
    const bin = (binIndex(edges, score) ?? 1) - 1;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { positives, negatives };
}

describe('binary scores equal scikit-learn', () => {
  test.each(cases)('$title', (row) => {
    expectClose(aucSamples(row.scores, row.labels), row.auc);
    expectClose(averagePrecisionSamples(row.scores, row.labels), row.averagePrecision);
    expectClose(logLoss(row.scores, row.labels), row.logLoss);
    expectClose(brierScore(row.scores, row.labels), row.brier);
    expectClose(histogramAuc(row.positives, row.negatives)?.value, row.binnedAuc);
    const averagePrecision = histogramAveragePrecision(row.positives, row.negatives);
    expectClose(averagePrecision?.value, row.binnedAveragePrecision);
  });

  test('published values', () => {
    const y = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
    const s = [0.1, 0.4, 0.35, 0.8, 0.2, 0.9, 0.6, 0.7, 0.55, 0.3, 0.4, 0.05];
    expectClose(aucSamples([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]), 0.75);
    expectClose(averagePrecisionSamples([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]), 5 / 6);
    expectClose(brierScore([0.1, 0.9, 0.8, 0.3], [0, 1, 1, 0]), 0.0375);
    expectClose(aucSamples(s, y), 0.875, 1e-7);
    const { positives, negatives } = scoreGroups(s, y);
    expectClose(delongError(positives, negatives), 0.1043055, 1e-7);
    expectClose(averagePrecisionSamples(s, y), 0.877381, 1e-7);
    expectClose(logLoss(s, y), 0.4510598, 1e-7);
    expectClose(brierScore(s, y), 0.1489583, 1e-7);
  });
});

describe('ROC AUC', () => {
  test('of reversed scores is the complement, and a monotone map does not move it', () => {
    fc.assert(
      fc.property(labelledScores, ({ scores, labels }) => {
        const auc = aucSamples(scores, labels) ?? Number.NaN;
        const flipped = scores.map((s) => -s);
        const mapped = scores.map((s) => Math.exp(3 * s));
        expectClose(aucSamples(flipped, labels), 1 - auc, 1e-12);
        expectClose(aucSamples(mapped, labels), auc, 1e-12);
      }),
    );
  });

  test('from a histogram lies within errorBound of the exact value', () => {
    fc.assert(
      fc.property(labelledScores, ({ scores, labels }) => {
        const { positives, negatives } = histogram(scores, labels);
        const exact = aucSamples(scores, labels) ?? Number.NaN;
        const { value, errorBound } = histogramAuc(positives, negatives) ?? { value: -9, errorBound: 0 };
        return Math.abs(exact - value) <= errorBound + 1e-12;
      }),
      { numRuns: 500 },
    );
  });

  test('is the area under the ROC curve', () => {
    fc.assert(
      fc.property(labelledScores, ({ scores, labels }) => {
        const { positives, negatives } = histogram(scores, labels);
        const curve = rocCurve(positives, negatives) ?? [];
        let area = 0;
        for (const [i, point] of curve.entries()) {
          const previous = curve[i - 1] ?? point;
          const width = point.falsePositiveRate - previous.falsePositiveRate;
          area += (width * (point.truePositiveRate + previous.truePositiveRate)) / 2;
        }
        expectClose(area, histogramAuc(positives, negatives)?.value ?? null, 1e-12);
        expect(curve.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
      }),
    );
  });
});

describe('average precision', () => {
  test('from a histogram brackets the exact value', () => {
    fc.assert(
      fc.property(labelledScores, ({ scores, labels }) => {
        const { positives, negatives } = histogram(scores, labels);
        const exact = averagePrecisionSamples(scores, labels) ?? Number.NaN;
        const { value, lower, upper } = histogramAveragePrecision(positives, negatives) ?? {
          value: 9,
          lower: 9,
          upper: 0,
        };
        expect(lower).toBeLessThanOrEqual(value + 1e-12);
        expect(value).toBeLessThanOrEqual(upper + 1e-12);
        return lower <= exact + 1e-12 && exact <= upper + 1e-12;
      }),
      { numRuns: 500 },
    );
  });

  test('bounds are nearly reached by the worst and the best order', () => {
    const { lower, upper } = histogramAveragePrecision([40, 60], [30, 70]) ?? { lower: 0, upper: 0 };
    const order = (groups: [number, number][]) =>
      groups.flatMap(([count, label]) => new Array<number>(count).fill(label));
    const worst = order([
      [70, 0],
      [60, 1],
      [30, 0],
      [40, 1],
    ]);
    const descending = worst.map((_, i) => -i);
    expectClose(averagePrecisionSamples(descending, worst), lower, 1e-4);
    expect(averagePrecisionSamples(descending, worst)).toBeGreaterThanOrEqual(lower);
    const best = order([
      [60, 1],
      [70, 0],
      [40, 1],
      [30, 0],
    ]);
    const tiedPositives = best.map((label, i) => (label ? (i < 60 ? 9 : 1) : i < 130 ? 5 : 0));
    expectClose(averagePrecisionSamples(tiedPositives, best), upper, 1e-12);
  });

  test('is the step sum of the precision–recall curve', () => {
    const curve = prCurve([1, 0, 3, 2], [4, 0, 1, 1]) ?? [];
    const sum = curve.reduce(
      (total, point, i) => total + (point.recall - (curve[i - 1]?.recall ?? 0)) * point.precision,
      0,
    );
    expectClose(sum, histogramAveragePrecision([1, 0, 3, 2], [4, 0, 1, 1])?.value ?? null, 1e-12);
    expect(curve.map((point) => point.bin)).toEqual([3, 2, 0]);
  });
});

describe('binary scores', () => {
  test('are undefined without the classes they compare', () => {
    expect(aucSamples([0.1, 0.2], [1, 1])).toBeUndefined();
    expect(aucSamples([], [])).toBeUndefined();
    expect(histogramAuc([0, 0], [1, 2])).toBeUndefined();
    expect(rocCurve([1, 0], [0, 0])).toBeUndefined();
    expect(averagePrecisionSamples([0.1], [0])).toBeUndefined();
    expect(prCurve([0], [3])).toBeUndefined();
    expect(histogramAveragePrecision([1], [-1])).toBeUndefined();
    expect(logLoss([], [])).toBeUndefined();
    expect(brierScore([Number.NaN], [1])).toBeUndefined();
  });

  test('drop rows with a non-finite score', () => {
    expect(aucSamples([0.1, Number.NaN, 0.9], [0, 0, 1])).toBe(1);
    expect(brierScore([0.5, Number.NaN], [1, 1])).toBe(0.25);
    expectClose(logLoss([0.5, Infinity], [true, true]), Math.LN2);
  });

  test('reject different numbers of scores and labels', () => {
    for (const score of [aucSamples, averagePrecisionSamples, logLoss, brierScore]) {
      expect(() => score([0.1, 0.2], [1])).toThrow(RangeError);
    }
    expect(() => histogramAuc([1], [1, 2])).toThrow(RangeError);
  });
});
