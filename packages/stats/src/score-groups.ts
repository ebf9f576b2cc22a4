import type { BinaryLabels } from './binary-labels.ts';
import { pooledGroups } from './pooled-groups.ts';
import { requireSameLength } from './require-same-length.ts';

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
  const { first, second } = pooledGroups(
    row.filter((_, i) => Boolean(labels[i])),
    row.filter((_, i) => !labels[i]),
  );
  return { positives: first, negatives: second };
}
