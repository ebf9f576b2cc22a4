import type { BinaryLabels } from './binary-labels.ts';
import { requireSameLength } from './require-same-length.ts';
import { sortedFinite } from './sorted-finite.ts';

/**
 * Positives and negatives at every distinct finite score, ascending: the finest score histogram, on which
 * histogram formulas are exact. Throws RangeError when the lengths differ.
 */
export function scoreGroups(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
): { positives: number[]; negatives: number[] } {
  requireSameLength(scores, labels);
  const row = Float64Array.from(scores);
  const positiveScores = sortedFinite(row.filter((_, i) => Boolean(labels[i])));
  const negativeScores = sortedFinite(row.filter((_, i) => !labels[i]));
  const positives: number[] = [];
  const negatives: number[] = [];
  let i = 0;
  let j = 0;
  while (i < positiveScores.length || j < negativeScores.length) {
    const score = Math.min(positiveScores[i] ?? Infinity, negativeScores[j] ?? Infinity);
    const firstPositive = i;
    const firstNegative = j;
    while (positiveScores[i] === score) i += 1;
    while (negativeScores[j] === score) j += 1;
    positives.push(i - firstPositive);
    negatives.push(j - firstNegative);
  }
  return { positives, negatives };
}
