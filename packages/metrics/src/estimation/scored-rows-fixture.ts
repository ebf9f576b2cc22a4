import { type PredictionProfile, type Profile, scoreBins } from '@plumbline/contracts';
import { randomNumbers } from '../random-fixture.ts';

export interface ScoredRow {
  score: number;
  isPredicted: boolean;
  isPositive: boolean;
}

const binOf = (score: number) => Math.min(scoreBins - 1, Math.floor(score * scoreBins));

/** All events by score bin, as the columnar engine keeps them. */
export function profilePredictions(rows: readonly Omit<ScoredRow, 'isPositive'>[]): PredictionProfile {
  const sums = new Map<number, { count: number; scoreSum: number; positives: number }>();
  for (const { score, isPredicted } of rows) {
    const known = sums.get(binOf(score)) ?? { count: 0, scoreSum: 0, positives: 0 };
    known.count += 1;
    known.scoreSum += score;
    known.positives += Number(isPredicted);
    sums.set(binOf(score), known);
  }
  const sorted = [...sums].sort(([x], [y]) => x - y);
  return {
    bins: sorted.map(([bin]) => bin),
    counts: sorted.map(([, { count }]) => count),
    scoreSums: sorted.map(([, { scoreSum }]) => scoreSum),
    positives: sorted.map(([, { positives }]) => positives),
  };
}

/** Profile of labelled events of a model whose positive label is `yes`, without columns. */
export function profileScored(rows: readonly ScoredRow[]): Profile {
  const predictions = profilePredictions(rows);
  const positives = new Map<number, number>();
  const cells = { yes: { yes: 0, no: 0 }, no: { yes: 0, no: 0 } };
  let brierSum = 0;
  for (const { score, isPredicted, isPositive } of rows) {
    if (isPositive) positives.set(binOf(score), (positives.get(binOf(score)) ?? 0) + 1);
    cells[isPositive ? 'yes' : 'no'][isPredicted ? 'yes' : 'no'] += 1;
    brierSum += (score - Number(isPositive)) ** 2;
  }
  const bins = predictions.bins.map((bin, i) => {
    const positive = positives.get(bin) ?? 0;
    const negatives = (predictions.counts[i] ?? 0) - positive;
    return { bin, positives: positive, negatives, scoreSum: predictions.scoreSums[i] ?? 0 };
  });
  const confusion = (['yes', 'no'] as const).flatMap((actual) =>
    (['yes', 'no'] as const).map((predicted) => ({ actual, predicted, count: cells[actual][predicted] })),
  );
  return {
    events: rows.length,
    columns: {},
    performance: {
      labelled: rows.length,
      confusion,
      scores: { n: rows.length, bins, logLossSum: 0, brierSum },
      predictions,
    },
  };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

interface World {
  /** Moves the scores: data drift. */
  shift?: number;
  /** Scores are this much surer than the truth; 1 is calibrated. */
  confidence?: number;
  /** Changes what the scores mean: a share of the events gets a label that has nothing to do with its score. */
  conceptDrift?: number;
}

/** Events whose labels are drawn from the true probability; predicted positive from a score of 0.5 on. */
export function drawScored(
  seed: number,
  n: number,
  { shift = 0, confidence = 1, conceptDrift = 0 }: World = {},
): ScoredRow[] {
  const { normal, uniform } = randomNumbers(seed);
  return Array.from({ length: n }, () => {
    const logit = -0.4 + shift + 1.4 * normal();
    const score = sigmoid(confidence * logit);
    const probability = uniform() < conceptDrift ? 0.4 : sigmoid(logit);
    return { score, isPredicted: score >= 0.5, isPositive: uniform() < probability };
  });
}
