import type { ScoreBin } from '@plumbline/contracts';
import { evaluateIsotonic, isotonicRegression } from '@plumbline/stats';

/** The probability of the positive class that stands behind a score. */
export type ScoreCalibrator = (score: number) => number;

/** The score itself: for models that are calibrated as they are. */
export const uncalibrated: ScoreCalibrator = (score) => score;

/**
 * Isotonic regression of the label on the score, from labelled events in score bins: each bin counts as its events at
 * their mean score. Undefined without an event.
 */
export function isotonicCalibrator(bins: readonly ScoreBin[]): ScoreCalibrator | undefined {
  const counts = bins.map(({ positives, negatives }) => positives + negatives);
  const fit = isotonicRegression(
    bins.map(({ scoreSum }, i) => scoreSum / (counts[i] ?? 0)),
    bins.map(({ positives }, i) => positives / (counts[i] ?? 0)),
    counts,
  );
  return fit && ((score) => evaluateIsotonic(fit, score) ?? score);
}
