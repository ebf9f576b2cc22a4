import type { Counts } from './counts.ts';
import { histogramAuc } from './histogram-auc.ts';

function spread(counts: Counts, placements: Float64Array, mean: number): number {
  let total = 0;
  let squares = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0;
    total += count;
    squares += count * ((placements[i] ?? 0) - mean) ** 2;
  }
  return squares / (total - 1) / total;
}

/**
 * Standard error of {@link histogramAuc} by the spread of the rows' placements: the share of negatives a positive scores
 * above, and the share of positives a negative scores below, rows of one bin counting ½. Both sample variances (n − 1)
 * over their n, added, and the root taken. No shape of the scores is assumed. On the distinct scores as bins it is the
 * error of the raw scores' AUC. `undefined` when a class has fewer than two rows.
 * Source: DeLong, DeLong & Clarke-Pearson (1988), "Comparing the areas under two or more correlated receiver operating
 * characteristic curves".
 */
export function delongError(positives: Counts, negatives: Counts): number | undefined {
  const auc = histogramAuc(positives, negatives)?.value;
  if (auc === undefined) return undefined;
  let [positiveCount, negativeCount] = [0, 0];
  for (let i = 0; i < positives.length; i++) {
    positiveCount += positives[i] ?? 0;
    negativeCount += negatives[i] ?? 0;
  }
  if (positiveCount < 2 || negativeCount < 2) return undefined;
  const aboveNegatives = new Float64Array(positives.length);
  const belowPositives = new Float64Array(positives.length);
  let [positivesBelow, negativesBelow] = [0, 0];
  for (let i = 0; i < positives.length; i++) {
    const [positive, negative] = [positives[i] ?? 0, negatives[i] ?? 0];
    aboveNegatives[i] = (negativesBelow + negative / 2) / negativeCount;
    belowPositives[i] = 1 - (positivesBelow + positive / 2) / positiveCount;
    positivesBelow += positive;
    negativesBelow += negative;
  }
  return Math.sqrt(spread(positives, aboveNegatives, auc) + spread(negatives, belowPositives, auc));
}
