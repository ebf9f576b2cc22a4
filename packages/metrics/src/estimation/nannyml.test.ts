import { readFileSync } from 'node:fs';
import type { Profile } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { binaryEstimator } from './binary-estimator.ts';
import { estimatePerformance, standardErrorOf } from './estimate-performance.ts';
import type { PerformanceEstimator } from './estimator.ts';
import { profileHistogram, type ScoredHistogram } from './histogram-fixture.ts';
import { type ScoreCalibrator, uncalibrated } from './score-calibrator.ts';

interface Case {
  title: string;
  reference: ScoredHistogram;
  needs_calibration: boolean;
  chunks: {
    rows: ScoredHistogram;
    estimated: Record<string, number>;
    sampling_error: Record<string, number>;
  }[];
}
const { binary } = JSON.parse(
  readFileSync(new URL('../../fixtures/estimation.fixture.json', import.meta.url), 'utf8'),
) as { binary: Case[] };

const noColumns = { columns: [] };
function estimatorOf({ performance }: Profile, given?: ScoreCalibrator): PerformanceEstimator {
  const estimator = binaryEstimator(performance, 'yes', given);
  if (!('expect' in estimator)) throw new Error(estimator.reason);
  return estimator;
}

describe('estimates equal NannyML’s', () => {
  it.each(binary)('$title', ({ reference, needs_calibration, chunks }) => {
    const estimator = estimatorOf(profileHistogram(reference));
    // On scores that are calibrated as they are its decision is a matter of its random folds.
    if (needs_calibration) expect(estimator.isCalibrated).toBe(true);
    const decided = needs_calibration ? estimator : estimatorOf(profileHistogram(reference), uncalibrated);
    for (const { rows, estimated, sampling_error } of chunks) {
      const { metrics, n } = estimatePerformance(decided, noColumns, profileHistogram(rows));
      const own = estimatePerformance(estimator, noColumns, profileHistogram(rows)).metrics;
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
