import type { PerformanceProfile, ScoreBin } from '@plumbline/contracts';
import { mergeMoments } from '@plumbline/stats';

type Errors = NonNullable<PerformanceProfile['errors']>;
type Scores = NonNullable<PerformanceProfile['scores']>;
type Confusion = NonNullable<PerformanceProfile['confusion']>;

/** The labelled part of {@link mergeProfiles}; a section is present when any part has it. */
export function mergePerformance(parts: readonly PerformanceProfile[]): PerformanceProfile {
  const merged: PerformanceProfile = { labelled: parts.reduce((sum, { labelled }) => sum + labelled, 0) };
  const confusions = parts.flatMap(({ confusion }) => (confusion ? [confusion] : []));
  if (confusions.length > 0) merged.confusion = mergeConfusion(confusions);
  const scores = parts.flatMap((part) => (part.scores ? [part.scores] : []));
  if (scores.length > 0) merged.scores = scores.reduce(mergeScores);
  const probabilities = parts.flatMap((part) => (part.probabilities ? [part.probabilities] : []));
  if (probabilities.length > 0) {
    merged.probabilities = probabilities.reduce((a, b) => ({
      n: a.n + b.n,
      logLossSum: a.logLossSum + b.logLossSum,
      brierSum: a.brierSum + b.brierSum,
    }));
  }
  const errors = parts.flatMap((part) => (part.errors ? [part.errors] : []));
  if (errors.length > 0) merged.errors = errors.reduce(mergeErrors);
  return merged;
}

function mergeConfusion(parts: Confusion[]): Confusion {
  const cells = new Map<string, Confusion[number]>();
  for (const cell of parts.flat()) {
    const key = JSON.stringify([cell.actual, cell.predicted]);
    const known = cells.get(key);
    cells.set(key, { ...cell, count: cell.count + (known?.count ?? 0) });
  }
  return [...cells.values()];
}

function mergeScores(a: Scores, b: Scores): Scores {
  const bins = new Map<number, ScoreBin>();
  for (const bin of [...a.bins, ...b.bins]) {
    const known = bins.get(bin.bin);
    bins.set(bin.bin, {
      bin: bin.bin,
      positives: bin.positives + (known?.positives ?? 0),
      negatives: bin.negatives + (known?.negatives ?? 0),
      scoreSum: bin.scoreSum + (known?.scoreSum ?? 0),
    });
  }
  return {
    n: a.n + b.n,
    bins: [...bins.values()].sort((x, y) => x.bin - y.bin),
    logLossSum: a.logLossSum + b.logLossSum,
    brierSum: a.brierSum + b.brierSum,
  };
}

function mergeErrors(a: Errors, b: Errors): Errors {
  const actual = mergeMoments(
    { n: a.n, mean: a.actualMean, m2: a.actualM2 },
    { n: b.n, mean: b.actualMean, m2: b.actualM2 },
  );
  const error = mergeMoments(meanForm(a.n, a.sum, a.m2), meanForm(b.n, b.sum, b.m2));
  const absolute = mergeMoments(
    meanForm(a.n, a.sumAbsolute, a.absoluteM2),
    meanForm(b.n, b.sumAbsolute, b.absoluteM2),
  );
  return {
    n: a.n + b.n,
    sum: a.sum + b.sum,
    sumAbsolute: a.sumAbsolute + b.sumAbsolute,
    sumSquares: a.sumSquares + b.sumSquares,
    percentageN: a.percentageN + b.percentageN,
    percentageSum: a.percentageSum + b.percentageSum,
    actualMean: actual.mean,
    actualM2: actual.m2,
    m2: error.m2,
    absoluteM2: absolute.m2,
  };
}

function meanForm(n: number, sum: number, m2: number) {
  return { n, mean: n > 0 ? sum / n : 0, m2 };
}
