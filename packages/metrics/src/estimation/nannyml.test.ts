import { readFileSync } from 'node:fs';
import type { Profile } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { binaryEstimator } from './binary-estimator.ts';
import { estimatePerformance, standardErrorOf } from './estimate-performance.ts';
import type { PerformanceEstimator } from './estimator.ts';
import { type ScoreCalibrator, uncalibrated } from './score-calibrator.ts';

interface Rows {
  bins: number[];
  counts: number[];
  score_sums: number[];
  predicted: number[];
  positives: number[];
  true_positives: number[];
}
interface Case {
  title: string;
  reference: Rows;
  needs_calibration: boolean;
  chunks: { rows: Rows; estimated: Record<string, number>; sampling_error: Record<string, number> }[];
}
const { binary } = JSON.parse(
  readFileSync(new URL('../../fixtures/estimation.fixture.json', import.meta.url), 'utf8'),
) as { binary: Case[] };

const noColumns = { columns: [] };
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function profileOf({ bins, counts, score_sums, predicted, positives, true_positives }: Rows): Profile {
  const cell = (actual: string, guess: string, count: number) => ({ actual, predicted: guess, count });
  const [n, hits, calls, actual] = [sum(counts), sum(true_positives), sum(predicted), sum(positives)];
  return {
    events: n,
    columns: {},
    performance: {
      labelled: n,
      confusion: [
        cell('yes', 'yes', hits),
        cell('no', 'yes', calls - hits),
        cell('yes', 'no', actual - hits),
        cell('no', 'no', n - calls - actual + hits),
      ],
      scores: {
        n,
        bins: bins.map((bin, i) => ({
          bin,
          positives: positives[i] ?? 0,
          negatives: (counts[i] ?? 0) - (positives[i] ?? 0),
          scoreSum: score_sums[i] ?? 0,
        })),
        logLossSum: 0,
        brierSum: 0,
      },
      predictions: { bins, counts, scoreSums: score_sums, positives: predicted },
    },
  };
}

function estimatorOf({ performance }: Profile, given?: ScoreCalibrator): PerformanceEstimator {
  const estimator = binaryEstimator(performance, 'yes', given);
  if (!('expect' in estimator)) throw new Error(estimator.reason);
  return estimator;
}

describe('estimates equal NannyML’s', () => {
  it.each(binary)('$title', ({ reference, needs_calibration, chunks }) => {
    const estimator = estimatorOf(profileOf(reference));
    // On scores that are calibrated as they are its decision is a matter of its random folds.
    if (needs_calibration) expect(estimator.isCalibrated).toBe(true);
    const decided = needs_calibration ? estimator : estimatorOf(profileOf(reference), uncalibrated);
    for (const { rows, estimated, sampling_error } of chunks) {
      const { metrics, n } = estimatePerformance(decided, noColumns, profileOf(rows));
      const own = estimatePerformance(estimator, noColumns, profileOf(rows)).metrics;
      for (const [metric, value] of Object.entries(estimated)) {
        const difference = Math.abs((metrics.get(metric)?.value ?? 9) - value);
        expect(difference, metric).toBeLessThan(metric === 'average_precision' ? 4e-3 : 1e-3);
        const error = standardErrorOf(estimator, metric, n) ?? 0;
        expect(Math.abs((own.get(metric)?.value ?? 9) - value), metric).toBeLessThan(error);
        // Ours also counts the reference's own error, and for the AUC that of both classes.
        const ofEvents = error / Math.sqrt(1 + n / estimator.n);
        const theirs = sampling_error[metric] ?? 0;
        const tolerance = metric === 'average_precision' ? 0.25 : 0.01;
        if (metric === 'roc_auc') expect(ofEvents).toBeGreaterThanOrEqual(theirs * 0.99);
        else expect(Math.abs(ofEvents / theirs - 1), `${metric} error`).toBeLessThan(tolerance);
      }
    }
  });
});
