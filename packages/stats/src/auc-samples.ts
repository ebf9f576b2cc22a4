import type { BinaryLabels } from './binary-labels.ts';
import { histogramAuc } from './histogram-auc.ts';
import { scoreGroups } from './score-groups.ts';

/**
 * Exact ROC AUC of raw scores: the chance that a positive scores above a negative, ties counting ½ (the
 * Mann–Whitney statistic with midranks over n₁n₀). Rows with a non-finite score are dropped.
 * `undefined` when a class is empty. Throws RangeError when the lengths differ.
 */
export function aucSamples(scores: ArrayLike<number>, labels: BinaryLabels): number | undefined {
  const { positives, negatives } = scoreGroups(scores, labels);
  return histogramAuc(positives, negatives)?.value;
}
