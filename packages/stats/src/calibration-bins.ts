import type { Counts } from './counts.ts';
import type { Interval } from './interval.ts';
import { wilson } from './wilson.ts';

/** Score histogram of labelled rows on shared ascending bins. */
export interface LabelledHistogram {
  positives: Counts;
  negatives: Counts;
  /** Sum of the scores of all labelled rows of each bin. */
  scoreSums: ArrayLike<number>;
}

export interface CalibrationBin {
  /** Position among the groups, 0-based. */
  bin: number;
  count: number;
  meanScore: number;
  positiveRate: number;
  /** 95% Wilson interval of the positive rate. */
  interval: Interval;
}

/**
 * Reliability table: bins are put together into `groups` runs of neighbours (default 10; on equal-width score
 * bins the groups are equal-width too), and groups without rows are left out.
 * Empty when no row is labelled.
 */
export function calibrationBins(histogram: LabelledHistogram, groups = 10): CalibrationBin[] {
  const { positives, negatives, scoreSums } = histogram;
  const bins = positives.length;
  const table: CalibrationBin[] = [];
  for (let group = 0; group < groups; group++) {
    let positive = 0;
    let negative = 0;
    let scoreSum = 0;
    for (let i = Math.ceil((group * bins) / groups); i < Math.ceil(((group + 1) * bins) / groups); i++) {
      positive += positives[i] ?? 0;
      negative += negatives[i] ?? 0;
      scoreSum += scoreSums[i] ?? 0;
    }
    const count = positive + negative;
    const interval = wilson(positive, count);
    if (!interval || !Number.isFinite(scoreSum)) continue;
    table.push({ bin: group, count, meanScore: scoreSum / count, positiveRate: positive / count, interval });
  }
  return table;
}
