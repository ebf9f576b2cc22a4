import type { EstimateStatus, Profile } from '@plumbline/contracts';
import type { ModelContext } from '../metric-descriptor.ts';
import { classFloor, labelFloor } from '../performance/performance-metric.ts';
import { estimatedMetrics, labelledReference } from './estimated-metrics.ts';
import { needsCalibration } from './needs-calibration.ts';
import { isotonicCalibrator, type ScoreCalibrator, uncalibrated } from './score-calibrator.ts';

/** Labelled reference events, and those of the rarer class, below which an estimate is of low confidence. */
const firmLabels = 1000;
const firmClass = 100;

/** What estimates without labels are made with; all of it comes from the reference. */
export interface PerformanceEstimator {
  calibrate: ScoreCalibrator;
  /** False: the scores were found to be as near to the labels as a fit. */
  isCalibrated: boolean;
  /** Labelled reference events with a score. */
  n: number;
  positiveLabel: string;
  /** Per metric, see `EstimatedMetric.varianceOfOne`. */
  varianceOfOne: ReadonlyMap<string, number>;
  /** Set when the reference has so few labels that estimates are of low confidence. */
  weakness: string | null;
}

/** Why there is no estimator. */
export interface NoEstimator {
  status: Extract<EstimateStatus, 'not_applicable' | 'insufficient_data'>;
  reason: string;
}

/**
 * Learns from the labelled events of a reference how likely a positive is behind each score, and how far each metric
 * strays by chance.
 */
export function performanceEstimator(
  { task, positiveLabel }: ModelContext,
  reference: Profile | null,
): PerformanceEstimator | NoEstimator {
  const lacks = (reason: string): NoEstimator => ({ status: 'not_applicable', reason });
  if (task !== 'binary_classification') return lacks('Only binary classification is estimated.');
  if (positiveLabel === null) return lacks('The model names no positive label.');
  if (!reference) return lacks('The model has no reference.');
  const bins = reference.performance.scores?.bins ?? [];
  const positives = bins.reduce((sum, bin) => sum + bin.positives, 0);
  const n = bins.reduce((sum, bin) => sum + bin.negatives, positives);
  if (n === 0) return lacks('The reference has no events with a score and an actual.');
  const rarer = Math.min(positives, n - positives);
  const have = `The reference has ${n} labelled events, ${rarer} of the rarer class`;
  const isolated = isotonicCalibrator(bins);
  if (n < labelFloor || rarer < classFloor || !isolated) {
    const reason = `${have}; an estimate needs ${labelFloor} and ${classFloor}.`;
    return { status: 'insufficient_data', reason };
  }
  const isCalibrated = needsCalibration(bins);
  const labelled = labelledReference(reference.performance, positiveLabel);
  const variances = Object.entries(estimatedMetrics).flatMap(([metric, { varianceOfOne }]) => {
    const variance = varianceOfOne(labelled);
    return variance === undefined ? [] : [[metric, variance] as const];
  });
  return {
    calibrate: isCalibrated ? isolated : uncalibrated,
    isCalibrated,
    n,
    positiveLabel,
    varianceOfOne: new Map(variances),
    weakness:
      n < firmLabels || rarer < firmClass
        ? `${have}; below ${firmLabels} and ${firmClass} the confidence is low.`
        : null,
  };
}
