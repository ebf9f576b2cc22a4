import type { PerformanceProfile, ScoreBin } from '@plumbline/contracts';
import { mergeErrors } from './merge-errors.ts';
import { mergeLossSpreads } from './merge-loss-spreads.ts';
import { mergeRanking } from './merge-ranking.ts';

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
    merged.probabilities = probabilities.reduce(mergeProbabilities);
  }
  const rankings = parts.flatMap((part) => (part.ranking ? [part.ranking] : []));
  if (rankings.length > 0) merged.ranking = rankings.reduce(mergeRanking);
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

type Probabilities = NonNullable<PerformanceProfile['probabilities']>;
type Losses = Omit<Probabilities, 'places'>;

/** Places are unknown when a side that has rows does not know its own. */
function mergeProbabilities(a: Probabilities, b: Probabilities): Probabilities {
  const merged = mergeLosses(a, b);
  const sides = [a, b].filter(({ n }) => n > 0);
  const known = (sides.length > 0 ? sides : [a, b]).map(({ places }) => places);
  if (!known.every((places) => places !== undefined)) return merged;
  const [first = [], second] = known;
  return { ...merged, places: first.map((count, i) => count + (second?.[i] ?? 0)) };
}

function mergeLosses(a: Losses, b: Losses): Losses {
  const spread = mergeLossSpreads(a, b);
  return {
    n: a.n + b.n,
    logLossSum: a.logLossSum + b.logLossSum,
    brierSum: a.brierSum + b.brierSum,
    ...(spread ? { spread } : {}),
  };
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
  return { ...mergeLosses(a, b), bins: [...bins.values()].sort((x, y) => x.bin - y.bin) };
}
