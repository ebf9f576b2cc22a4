import { type PerformanceProfile, scoreBins } from '@plumbline/contracts';

/** Labelled events by score, on 1,000 equal-width bins of [0, 1]. */
export interface ScoreHistogram {
  positives: Float64Array;
  negatives: Float64Array;
  scoreSums: Float64Array;
  positiveCount: number;
  negativeCount: number;
}

export function scoreHistogram({ scores }: PerformanceProfile): ScoreHistogram {
  const histogram: ScoreHistogram = {
    positives: new Float64Array(scoreBins),
    negatives: new Float64Array(scoreBins),
    scoreSums: new Float64Array(scoreBins),
    positiveCount: 0,
    negativeCount: 0,
  };
  for (const { bin, positives, negatives, scoreSum } of scores?.bins ?? []) {
    histogram.positives[bin] = positives;
    histogram.negatives[bin] = negatives;
    histogram.scoreSums[bin] = scoreSum;
    histogram.positiveCount += positives;
    histogram.negativeCount += negatives;
  }
  return histogram;
}
