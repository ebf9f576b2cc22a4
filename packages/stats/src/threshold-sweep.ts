import type { Counts } from './counts.ts';
import { requireSameLength } from './require-same-length.ts';

export interface ThresholdSweep {
  /** Ascending: the bins that hold rows, then the number of bins, from which nothing is predicted positive. */
  bins: number[];
  /** Positives in the bin and above: true positives when it is the first predicted positive. */
  truePositives: number[];
  /** Negatives in the bin and above. */
  falsePositives: number[];
}

/**
 * What every threshold finds, from score histograms of the positives and negatives on shared ascending bins: exact for
 * thresholds at the lower edges of bins, as a score equal to the threshold is positive. A threshold at a bin that is
 * not listed finds what the next listed one finds. Throws RangeError when the lengths differ.
 */
export function thresholdSweep(positives: Counts, negatives: Counts): ThresholdSweep {
  requireSameLength(positives, negatives);
  const sweep: ThresholdSweep = { bins: [positives.length], truePositives: [0], falsePositives: [0] };
  let found = 0;
  let wrong = 0;
  for (let bin = positives.length - 1; bin >= 0; bin--) {
    const positive = positives[bin] ?? 0;
    const negative = negatives[bin] ?? 0;
    if (positive + negative === 0) continue;
    found += positive;
    wrong += negative;
    sweep.bins.push(bin);
    sweep.truePositives.push(found);
    sweep.falsePositives.push(wrong);
  }
  sweep.bins.reverse();
  sweep.truePositives.reverse();
  sweep.falsePositives.reverse();
  return sweep;
}
