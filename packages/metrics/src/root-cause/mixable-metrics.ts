import type { ChangeMetric, Segment } from '@plumbline/contracts';
import { type BinaryConfusion, f1, precision, recall } from '@plumbline/stats';
import type { MixableMetric } from './ratio-change.ts';

type Weighted = readonly { segment: Segment; weight: number }[];

const totalOf = (weighted: Weighted, count: (segment: Segment) => number) =>
  weighted.reduce((sum, { segment, weight }) => sum + weight * count(segment), 0);

const ofOutcomes = (value: (confusion: BinaryConfusion) => number | undefined): MixableMetric => ({
  countOf: ({ outcomes: { tp, fp, fn, tn } }) => tp + fp + fn + tn,
  valueOf: (weighted) =>
    value({
      tp: totalOf(weighted, ({ outcomes }) => outcomes.tp),
      fp: totalOf(weighted, ({ outcomes }) => outcomes.fp),
      fn: totalOf(weighted, ({ outcomes }) => outcomes.fn),
      tn: totalOf(weighted, ({ outcomes }) => outcomes.tn),
    }),
});

const rmse: MixableMetric = {
  countOf: ({ moments }) => moments.n,
  valueOf(weighted) {
    const n = totalOf(weighted, ({ moments }) => moments.n);
    return n > 0 ? Math.sqrt(totalOf(weighted, ({ moments }) => moments.n * moments.mean) / n) : undefined;
  },
};

const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);

/** Won pairs of every two segments are counted once: a mixture is then a sum over pairs of segments. */
function preparedAuc(segments: readonly Segment[]) {
  const positives = segments.map((segment) => sum(segment.positives));
  const negatives = segments.map((segment) => sum(segment.negatives));
  const wins = segments.map((a) => segments.map((b) => wonPairs(a.positives, b.negatives)));
  return (weights: ArrayLike<number>): number | undefined => {
    let [won, p, n] = [0, 0, 0];
    for (let i = 0; i < segments.length; i++) {
      const weight = weights[i] ?? 0;
      p += weight * (positives[i] ?? 0);
      n += weight * (negatives[i] ?? 0);
      if (weight === 0) continue;
      for (let j = 0; j < segments.length; j++) won += weight * (weights[j] ?? 0) * (wins[i]?.[j] ?? 0);
    }
    return p > 0 && n > 0 ? won / (p * n) : undefined;
  };
}

/** Pairs in which the positive is in a higher bin, those in one bin counting half. */
function wonPairs(positives: Float64Array, negatives: Float64Array): number {
  let [below, won] = [0, 0];
  for (let bin = 0; bin < positives.length; bin++) {
    const count = negatives[bin] ?? 0;
    won += (positives[bin] ?? 0) * (below + count / 2);
    below += count;
  }
  return won;
}

const rocAuc: MixableMetric = {
  countOf: ({ positives, negatives }) => sum(positives) + sum(negatives),
  valueOf: (weighted) =>
    preparedAuc(weighted.map(({ segment }) => segment))(weighted.map(({ weight }) => weight)),
  prepare: preparedAuc,
};

/** The metrics that Shapley values take apart. */
export const mixableMetrics: { [M in ChangeMetric]?: MixableMetric } = {
  precision: ofOutcomes(precision),
  recall: ofOutcomes(recall),
  f1: ofOutcomes(f1),
  rmse,
  roc_auc: rocAuc,
};
