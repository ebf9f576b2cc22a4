import type { Scored } from './expected-confusion.ts';
import { logitInterval, normalInterval } from './jackknife.ts';

interface Histogram {
  positives: number[];
  negatives: number[];
}

type BinnedScore = Scored & { exact: number };

const sumOf = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);
const tenth = 0.1;

/** KS score and the top decile, of the histogram and of the scores themselves. */
export function expectedTopScores(
  { positives, negatives }: Histogram,
  scores: readonly number[],
  isPositive: readonly boolean[],
): Record<string, BinnedScore> {
  const [n1, n0] = [sumOf(positives), sumOf(negatives)];
  const n = n1 + n0;
  const above = positives.map(
    (_, bin) => [sumOf(positives.slice(bin)), sumOf(negatives.slice(bin))] as const,
  );
  const rates = above.map(([tp, fp]) => [tp / n1, fp / n0] as const);
  const gaps = rates.map(([tpr, fpr]) => tpr - fpr);
  const [tpr, fpr] = rates[gaps.lastIndexOf(Math.max(...gaps))] ?? [0, 0];
  const gapError = Math.sqrt((tpr * (1 - tpr)) / n1 + (fpr * (1 - fpr)) / n0);

  const among = (rows: number) => {
    const bin = above.findLastIndex(([tp, fp]) => tp + fp >= rows);
    const [tp, fp] = above[bin + 1] ?? [0, 0];
    const [p, q] = [positives[bin] ?? 0, negatives[bin] ?? 0];
    return tp + (rows - tp - fp) * (p / (p + q));
  };
  const found = among(tenth * n);
  const atCut = (among(tenth * 1.5 * n) - among(tenth * 0.5 * n)) / (tenth * n);
  const [precision, recall] = [found / (tenth * n), found / n1];
  const errorOf = (influence: (isHit: number, isTop: number) => number) => {
    const cells = [
      [found, 1, 1],
      [n1 - found, 1, 0],
      [tenth * n - found, 0, 1],
      [n0 - (tenth * n - found), 0, 0],
    ] as const;
    return Math.sqrt(sumOf(cells.map(([rows, hit, top]) => rows * influence(hit, top) ** 2))) / n;
  };
  const precisionError = errorOf(
    (hit, top) => (hit * top - precision * tenth - atCut * (top - tenth)) / tenth,
  );
  const recallError = errorOf((hit, top) => (n / n1) * (hit * (top - recall) - atCut * (top - tenth)));
  const best = exactTop(scores, isPositive);
  return {
    ks_score: {
      value: tpr - fpr,
      exact: best.gap,
      ...normalInterval(tpr - fpr, gapError, 0, 1),
    },
    top_decile_precision: {
      value: precision,
      exact: best.found / (tenth * n),
      ...logitInterval(precision, precisionError),
    },
    top_decile_lift: {
      value: recall / tenth,
      exact: best.found / n1 / tenth,
      ...normalInterval(recall / tenth, recallError / tenth, 0, 1 / tenth),
    },
  };
}

/** Of the scores themselves; equal ones give their mixture. */
function exactTop(scores: readonly number[], isPositive: readonly boolean[]): { gap: number; found: number } {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const n1 = isPositive.filter(Boolean).length;
  const [n0, wanted] = [scores.length - n1, tenth * scores.length];
  let [tp, fp, gap, found] = [0, 0, 0, 0];
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[start] ?? 0]) end += 1;
    const hits = order.slice(start, end).filter((row) => isPositive[row]).length;
    found += hits * Math.min(1, Math.max(0, (wanted - start) / (end - start)));
    tp += hits;
    fp += end - start - hits;
    gap = Math.max(gap, tp / n1 - fp / n0);
    start = end;
  }
  return { gap, found };
}
