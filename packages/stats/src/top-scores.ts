import type { Counts } from './counts.ts';
import { requireSameLength } from './require-same-length.ts';
import { totalCount } from './total-count.ts';

interface Bounded {
  value: number;
  /** What the order of rows inside the bin of the cut can change. */
  errorBound: number;
  standardError: number;
}

export interface TopScores {
  /** Share of positives among the top rows. */
  precision: Bounded;
  /** Share of the positives that are among the top rows, over the share of rows they are: how often guessing's. */
  lift: Bounded;
}

/**
 * Precision and lift of the `share` of rows with the highest scores, from histograms of positives and negatives on shared
 * ascending bins. The bin of the cut gives rows in its own mixture, as if tied.
 *
 * Standard errors by the delta method; the cut moves with the sample, so that they hold the share of positives around it,
 * taken from the rows within half the share of it.
 *
 * `undefined` when a class is empty, a count is negative or not finite, or the share is not inside (0, 1). Throws
 * RangeError when the lengths differ.
 */
export function topScores(positives: Counts, negatives: Counts, share: number): TopScores | undefined {
  requireSameLength(positives, negatives);
  const n1 = totalCount(positives);
  const n0 = totalCount(negatives);
  if (n1 === undefined || n0 === undefined || !(share > 0 && share < 1)) return undefined;
  const n = n1 + n0;
  const base = n1 / n;
  const top = foundAmong(positives, negatives, share * n);
  const reach = Math.min(share, 1 - share) / 2;
  const around = (by: number) => foundAmong(positives, negatives, (share + by) * n).found;
  const atCut = (around(reach) - around(-reach)) / (2 * reach * n);
  const recall = top.found / n1;
  const both = recall * base;
  const ofCut = atCut ** 2 * share * (1 - share);
  const precisionVariance =
    (both * (1 - both) - 2 * atCut * both * (1 - share) + ofCut) / (share * share * n);
  const recallVariance = (both * (1 - recall) * (1 - 2 * atCut) + ofCut) / (base * base * n);
  const bounded = (unit: number, variance: number): Bounded => ({
    value: top.found / unit,
    errorBound: top.off / unit,
    standardError: Math.sqrt(Math.max(0, variance)),
  });
  return {
    precision: bounded(share * n, precisionVariance),
    lift: bounded(share * n1, recallVariance / (share * share)),
  };
}

/** Positives among the `rows` of the highest scores, and how far the order inside the last bin may move their number. */
function foundAmong(positives: Counts, negatives: Counts, rows: number): { found: number; off: number } {
  let [found, left] = [0, rows];
  for (let bin = positives.length - 1; bin >= 0; bin--) {
    const positive = positives[bin] ?? 0;
    const negative = negatives[bin] ?? 0;
    if (positive + negative < left) {
      found += positive;
      left -= positive + negative;
      continue;
    }
    const part = positive + negative === 0 ? 0 : (left * positive) / (positive + negative);
    const off = Math.max(Math.min(positive, left) - part, part - Math.max(0, left - negative));
    return { found: found + part, off };
  }
  return { found, off: 0 };
}
