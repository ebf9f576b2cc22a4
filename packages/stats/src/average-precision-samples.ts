import type { BinaryLabels } from './binary-labels.ts';
import { histogramAveragePrecision } from './histogram-average-precision.ts';
import { scoreGroups } from './score-groups.ts';

/**
 * Exact average precision Σ(R_k−R_{k−1})·P_k over distinct scores, descending, without interpolation.
 * Rows with a non-finite score are dropped. `undefined` when there is no positive.
 * Throws RangeError when the lengths differ.
 */
export function averagePrecisionSamples(scores: ArrayLike<number>, labels: BinaryLabels): number | undefined {
  const { positives, negatives } = scoreGroups(scores, labels);
  return histogramAveragePrecision(positives, negatives)?.value;
}
