import { type PredictionProfile, scoreBins } from '@plumbline/contracts';
import type { BinaryConfusion } from '@plumbline/stats';
import type { ScoreCalibrator } from './score-calibrator.ts';

/** What the labels of events are expected to be, in sums of probabilities. */
export interface ExpectedOutcome {
  n: number;
  /** Expected counts: fractions of events. */
  confusion: BinaryConfusion;
  /** Expected positives and negatives by score bin. */
  positives: Float64Array;
  negatives: Float64Array;
  /** Expected Σ(score − label)². */
  brierSum: number;
}

/** Each event is positive with the probability behind its score; its predicted label stays what it is. */
export function expectedOutcome(
  { bins, counts, scoreSums, positives: predicted }: PredictionProfile,
  calibrate: ScoreCalibrator,
): ExpectedOutcome {
  const expected: ExpectedOutcome = {
    n: 0,
    confusion: { tp: 0, fp: 0, fn: 0, tn: 0 },
    positives: new Float64Array(scoreBins),
    negatives: new Float64Array(scoreBins),
    brierSum: 0,
  };
  const { confusion } = expected;
  for (const [i, bin] of bins.entries()) {
    const count = counts[i] ?? 0;
    const score = (scoreSums[i] ?? 0) / count;
    const probability = calibrate(score);
    const predictedPositive = predicted[i] ?? 0;
    const predictedNegative = count - predictedPositive;
    expected.n += count;
    confusion.tp += predictedPositive * probability;
    confusion.fp += predictedPositive * (1 - probability);
    confusion.fn += predictedNegative * probability;
    confusion.tn += predictedNegative * (1 - probability);
    expected.positives[bin] = count * probability;
    expected.negatives[bin] = count * (1 - probability);
    expected.brierSum += count * (probability * (1 - score) ** 2 + (1 - probability) * score ** 2);
  }
  return expected;
}
