import { readFileSync } from 'node:fs';
import { confusionValue, histogramAuc } from '@plumbline/stats';
import { describe, expect, it } from 'vitest';
import { aucVariance } from './auc-variance.ts';
import { binaryEstimator } from './binary-estimator.ts';
import { estimatePerformance } from './estimate-performance.ts';
import { estimatedMetrics, labelledReference } from './estimated-metrics.ts';
import { expectedOutcome } from './expected-outcome.ts';
import { profileHistogram, type ScoredHistogram } from './histogram-fixture.ts';
import { isotonicCalibrator, uncalibrated } from './score-calibrator.ts';
import { profilePredictions, profileScored } from './scored-rows-fixture.ts';

const { synthetic_sample } = JSON.parse(
  readFileSync(new URL('../../fixtures/estimation.fixture.json', import.meta.url), 'utf8'),
) as { synthetic_sample: { reference: ScoredHistogram; chunks: { rows: ScoredHistogram }[] } };

function expectEstimates(scores: number[], expected: Record<string, number>, calibrate = uncalibrated) {
  const rows = scores.map((score) => ({ score, isPredicted: score >= 0.5 }));
  const outcome = expectedOutcome(profilePredictions(rows), calibrate);
  for (const [name, value] of Object.entries(expected)) {
    const cell = outcome.confusion[name as keyof typeof outcome.confusion];
    expect(cell ?? estimatedMetrics[name]?.value(outcome), name).toBeCloseTo(value, 6);
  }
}

describe('golden values of estimates', () => {
  it('of scores that are probabilities', () => {
    expectEstimates([0.95, 0.85, 0.7, 0.6, 0.45, 0.3, 0.2, 0.1], {
      tp: 3.1,
      fp: 0.9,
      fn: 1.05,
      tn: 2.95,
      accuracy: 0.75625,
      precision: 0.775,
      recall: 0.746988,
      f1: 0.7607362,
      specificity: 0.7662338,
      roc_auc: 0.8301518,
    });
    const even = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000);
    const quarter = { tp: 375, fp: 125, fn: 125, tn: 375 };
    expectEstimates(even, { ...quarter, accuracy: 0.75, precision: 0.75, recall: 0.75, f1: 0.75 });
    expectEstimates(even, { roc_auc: 0.833333 });
  });

  it('of scores through an isotonic calibration', () => {
    const labels = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
    const scores = [0.1, 0.4, 0.35, 0.8, 0.2, 0.9, 0.6, 0.7, 0.55, 0.3, 0.4, 0.05];
    const rows = scores.map((score, i) => ({
      score,
      isPredicted: score >= 0.5,
      isPositive: labels[i] === 1,
    }));
    const calibrate = isotonicCalibrator(profileScored(rows).performance.scores?.bins ?? []);
    const current = [0.9, 0.75, 0.58, 0.52, 0.4, 0.38, 0.15, 0.02];
    const calibrated = current.map((score) => calibrate?.(score));
    [1, 1, 0.6, 0.6, 0.6, 0.6, 0, 0].forEach((value, i) => {
      expect(calibrated[i]).toBeCloseTo(value, 9);
    });
    const expected = { tp: 3.2, fp: 0.8, fn: 1.2, tn: 2.8, accuracy: 0.75, f1: 0.7619048 };
    expectEstimates(current, { ...expected, roc_auc: 0.8787879 }, calibrate);
    expectEstimates([0.4, 0.4, 0.4, 0.4], { roc_auc: 0.5 }, calibrate);
  });

  it('of NannyML’s synthetic sample, in chunks of 20,000 with the rest appended', () => {
    const reference = profileHistogram(synthetic_sample.reference);
    const estimator = binaryEstimator(reference.performance, 'yes');
    if (!('expect' in estimator)) throw new Error(estimator.reason);
    const golden = [
      [0.9711057565, 0.9479079, 0.9478536, 0.9629779, 106_231.756],
      [0.9636286016, 0.9278089, 0.9245926, 0.9576117, 155_489.88],
    ] as const;
    for (const [chunk, [auc, f1, accuracy, averagePrecision, worth]] of golden.entries()) {
      const rows = synthetic_sample.chunks[chunk]?.rows;
      if (!rows) throw new Error('expected a chunk');
      const { metrics, confusion, n } = estimatePerformance(
        estimator,
        { columns: [] },
        profileHistogram(rows),
      );
      const estimated = (metric: string) => metrics.get(metric)?.value ?? Number.NaN;
      expect(Math.abs(estimated('roc_auc') - auc)).toBeLessThan(1e-3);
      expect(Math.abs(estimated('f1') - f1)).toBeLessThan(1e-3);
      expect(Math.abs(estimated('accuracy') - accuracy)).toBeLessThan(1e-3);
      expect(Math.abs(estimated('average_precision') - averagePrecision)).toBeLessThan(1e-3);
      if (!confusion) throw new Error('expected a confusion');
      const { tp, fp, fn, tn } = confusion;
      const counts = { tp: tp.value, fp: fp.value, fn: fn.value, tn: tn.value };
      const value = confusionValue(counts, { tn: 2, fp: -5, fn: -10, tp: 10 })?.mean ?? Number.NaN;
      expect(Math.abs((value * n) / worth - 1)).toBeLessThan(1e-3);
    }
  });

  it('of sampling errors in chunks of 50', () => {
    const cell = (actual: string, predicted: string, count: number) => ({ actual, predicted, count });
    const counts = { tp: 2608, fp: 2498, fn: 2404, tn: 2490 };
    const reference = labelledReference(
      {
        labelled: 10_000,
        confusion: [
          cell('yes', 'yes', counts.tp),
          cell('no', 'yes', counts.fp),
          cell('yes', 'no', counts.fn),
          cell('no', 'no', counts.tn),
        ],
      },
      'yes',
    );
    const errorOf = (metric: string) =>
      Math.sqrt((estimatedMetrics[metric]?.varianceOfOne(reference) ?? Number.NaN) / 50);
    const expected = { f1: 0.1153, precision: 0.0989, recall: 0.0998, specificity: 0.1001, accuracy: 0.0707 };
    for (const [metric, error] of Object.entries(expected))
      expect(errorOf(metric), metric).toBeCloseTo(error, 4);
    // Scores that mean nothing, in equal numbers of both classes: .0575 is the error of one class, ours counts both.
    const even = new Float64Array(1000).fill(5);
    expect(histogramAuc(even, even)?.value).toBeCloseTo(0.5, 12);
    const ofOne = Math.sqrt((aucVariance(even, even) ?? Number.NaN) / 2 / 50);
    expect(Math.abs(ofOne - 0.0575)).toBeLessThan(5e-4);
  });
});
