import type { BinaryConfusion } from './binary-confusion.ts';
import type { Counts } from './counts.ts';

/**
 * Confusion counts when the rows of `bin` and of every bin above it are predicted positive, from score
 * histograms of the positives and negatives on shared ascending bins: exact for a threshold at the bin's
 * lower edge, as a score equal to the threshold is positive.
 */
export function confusionAtBin(positives: Counts, negatives: Counts, bin: number): BinaryConfusion {
  const confusion: BinaryConfusion = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let i = 0; i < positives.length; i++) {
    const positive = positives[i] ?? 0;
    const negative = negatives[i] ?? 0;
    if (i >= bin) {
      confusion.tp += positive;
      confusion.fp += negative;
    } else {
      confusion.fn += positive;
      confusion.tn += negative;
    }
  }
  return confusion;
}
