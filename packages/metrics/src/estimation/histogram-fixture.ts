import type { Profile } from '@plumbline/contracts';

/** Labelled events by score bin; the arrays run parallel. */
export interface ScoredHistogram {
  bins: number[];
  counts: number[];
  score_sums: number[];
  predicted: number[];
  positives: number[];
  true_positives: number[];
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** Profile of labelled events of a model whose positive label is `yes`, without columns. */
export function profileHistogram(histogram: ScoredHistogram): Profile {
  const { bins, counts, score_sums, predicted, positives, true_positives } = histogram;
  const cell = (actual: string, guess: string, count: number) => ({ actual, predicted: guess, count });
  const [n, hits, calls, actual] = [sum(counts), sum(true_positives), sum(predicted), sum(positives)];
  return {
    events: n,
    columns: {},
    performance: {
      labelled: n,
      confusion: [
        cell('yes', 'yes', hits),
        cell('no', 'yes', calls - hits),
        cell('yes', 'no', actual - hits),
        cell('no', 'no', n - calls - actual + hits),
      ],
      scores: {
        n,
        bins: bins.map((bin, i) => ({
          bin,
          positives: positives[i] ?? 0,
          negatives: (counts[i] ?? 0) - (positives[i] ?? 0),
          scoreSum: score_sums[i] ?? 0,
        })),
        logLossSum: 0,
        brierSum: 0,
      },
      predictions: { bins, counts, scoreSums: score_sums, positives: predicted },
    },
  };
}
