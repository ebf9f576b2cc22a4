import { type PerformanceAnswer, type PerformanceProfile, scoreBins } from '@plumbline/contracts';
import { thresholdSweep as sweepBins } from '@plumbline/stats';
import { scoreHistogram } from './score-histogram.ts';

/** What every threshold of a binary classifier finds; null without labelled scores. */
export function thresholdSweep(performance: PerformanceProfile): PerformanceAnswer['threshold_sweep'] {
  const { positives, negatives, positiveCount, negativeCount } = scoreHistogram(performance);
  if (positiveCount + negativeCount === 0) return null;
  const { bins, truePositives, falsePositives } = sweepBins(positives, negatives);
  return {
    positives: positiveCount,
    negatives: negativeCount,
    thresholds: bins.map((bin) => bin / scoreBins),
    true_positives: truePositives,
    false_positives: falsePositives,
  };
}
