import type { PerformanceProfile } from '@plumbline/contracts';
import type { BinaryConfusion } from '@plumbline/stats';
import { classFloor } from '../performance/performance-metric.ts';
import { estimatedMetrics, labelledReference } from './estimated-metrics.ts';
import type { NoEstimator, PerformanceEstimator } from './estimator.ts';
import { expectedOutcome } from './expected-outcome.ts';
import { labelFloors } from './label-floors.ts';
import { needsCalibration } from './needs-calibration.ts';
import { isotonicCalibrator, type ScoreCalibrator, uncalibrated } from './score-calibrator.ts';

/** Learns from labelled reference events how likely a positive is behind each score; `given` is used in place of that. */
export function binaryEstimator(
  reference: PerformanceProfile,
  positiveLabel: string,
  given?: ScoreCalibrator,
): PerformanceEstimator | NoEstimator {
  const bins = reference.scores?.bins ?? [];
  const positives = bins.reduce((sum, bin) => sum + bin.positives, 0);
  const n = bins.reduce((sum, bin) => sum + bin.negatives, positives);
  const fit = isotonicCalibrator(bins);
  if (!fit) {
    const reason = 'The reference has no events with a score and an actual.';
    return { status: 'not_applicable', reason };
  }
  const floors = labelFloors(n, Math.min(positives, n - positives));
  if ('status' in floors) return floors;
  const isCalibrated = needsCalibration(bins);
  const calibrate = given ?? (isCalibrated ? fit : uncalibrated);
  const labelled = labelledReference(reference, positiveLabel);
  const variances = Object.entries(estimatedMetrics).flatMap(([metric, { varianceOfOne }]) => {
    const variance = varianceOfOne(labelled);
    return variance === undefined ? [] : [[metric, variance] as const];
  });
  return {
    expect: ({ performance: { predictions } }) =>
      predictions && expectationOf(expectedOutcome(predictions, calibrate)),
    isCalibrated,
    n,
    outcomeShares: sharesOf(labelled.confusion),
    varianceOfOne: new Map(variances),
    weakness: floors.weakness,
  };
}

function sharesOf({ tp, fp, fn, tn }: BinaryConfusion): BinaryConfusion {
  const all = tp + fp + fn + tn;
  return { tp: tp / all, fp: fp / all, fn: fn / all, tn: tn / all };
}

function expectationOf(expected: ReturnType<typeof expectedOutcome>) {
  const { tp, fn, fp, tn } = expected.confusion;
  const isShort = Math.min(tp + fn, fp + tn) < classFloor;
  const values = Object.entries(estimatedMetrics).map(
    ([metric, { ofClass, value }]) => [metric, ofClass && isShort ? null : value(expected)] as const,
  );
  return { n: expected.n, values: new Map(values), confusion: expected.confusion };
}
