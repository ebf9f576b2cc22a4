import { describe, expect, test } from 'vitest';
import { binIndex } from './bin-index.ts';
import { calibrationBins } from './calibration-bins.ts';
import { expectClose } from './expect-close.ts';
import { expectedCalibrationError } from './expected-calibration-error.ts';
import { maximumCalibrationError } from './maximum-calibration-error.ts';

const labels = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
const scores = [0.1, 0.4, 0.35, 0.8, 0.2, 0.9, 0.6, 0.7, 0.55, 0.3, 0.4, 0.05];

function histogram(bins: number) {
  const edges = Array.from({ length: bins + 1 }, (_, i) => i / bins);
  const positives = new Array<number>(bins).fill(0);
  const negatives = new Array<number>(bins).fill(0);
  const scoreSums = new Array<number>(bins).fill(0);
  for (const [i, score] of scores.entries()) {
    const bin = (binIndex(edges, score) ?? 1) - 1;
    const counts = labels[i] ? positives : negatives;
    counts[bin] = (counts[bin] ?? 0) + 1;
    scoreSums[bin] = (scoreSums[bin] ?? 0) + score;
  }
  return { positives, negatives, scoreSums };
}

describe('calibration', () => {
  test('published values', () => {
    expectClose(expectedCalibrationError(calibrationBins(histogram(5), 5)), 0.1291667, 1e-6);
    expectClose(expectedCalibrationError(calibrationBins(histogram(10), 10)), 0.2125, 1e-6);
    expectClose(maximumCalibrationError(calibrationBins(histogram(10), 10)), 0.6, 1e-6);
  });

  test('fine bins grouped give the coarse table', () => {
    const fine = calibrationBins(histogram(20), 5);
    const coarse = calibrationBins(histogram(5), 5);
    expect(fine.map(({ bin, count }) => [bin, count])).toEqual(coarse.map(({ bin, count }) => [bin, count]));
    expectClose(expectedCalibrationError(fine), expectedCalibrationError(coarse) ?? null, 1e-12);
  });

  test('groups that do not divide the bins still hold every row once', () => {
    const rows = calibrationBins(histogram(7), 3).reduce((sum, { count }) => sum + count, 0);
    expect(rows).toBe(12);
    expect(calibrationBins(histogram(3), 10).reduce((sum, { count }) => sum + count, 0)).toBe(12);
  });

  test('leaves out empty groups and is empty without rows', () => {
    const table = calibrationBins({ positives: [0, 3], negatives: [0, 1], scoreSums: [0, 3.2] }, 2);
    expect(table).toEqual([
      { bin: 1, count: 4, meanScore: 0.8, positiveRate: 0.75, interval: expect.anything() },
    ]);
    expect(calibrationBins({ positives: [0], negatives: [0], scoreSums: [0] })).toEqual([]);
    expect(expectedCalibrationError([])).toBeUndefined();
    expect(maximumCalibrationError([])).toBeUndefined();
  });
});
