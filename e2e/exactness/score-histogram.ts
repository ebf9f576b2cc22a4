import type { ScoreGroup } from './calibration-interval.ts';
import type { Interval } from './intervals.ts';
import { jackknifeError, logitInterval } from './jackknife.ts';

export interface ScoreHistogram {
  positives: number[];
  negatives: number[];
  scoreSums: number[];
}

const sumOf = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);

export const scoreBin = (score: number) => Math.min(999, Math.floor(score * 1000));

export function histogramOf(given: readonly number[], isPositive: readonly boolean[]): ScoreHistogram {
  const zeros = () => new Array<number>(1000).fill(0);
  const histogram = { positives: zeros(), negatives: zeros(), scoreSums: zeros() };
  given.forEach((score, i) => {
    const bin = scoreBin(score);
    const side = isPositive[i] ? histogram.positives : histogram.negatives;
    side[bin] = (side[bin] ?? 0) + 1;
    histogram.scoreSums[bin] = (histogram.scoreSums[bin] ?? 0) + score;
  });
  return histogram;
}

/** Pairs of a positive and a negative in the right order, those of one bin counted half. */
export function histogramArea({ positives, negatives }: ScoreHistogram, n1: number, n0: number): number {
  let below = 0;
  let wins = 0;
  positives.forEach((p, bin) => {
    const q = negatives[bin] ?? 0;
    wins += p * (below + q / 2);
    below += q;
  });
  return wins / (n1 * n0);
}

/** Σ over bins from the top of the recall gained times the precision reached. */
export function histogramPrecision({ positives, negatives }: ScoreHistogram, n1: number): number {
  let found = 0;
  let wrong = 0;
  let sum = 0;
  for (let bin = 999; bin >= 0; bin--) {
    const p = positives[bin] ?? 0;
    found += p;
    wrong += negatives[bin] ?? 0;
    if (p > 0) sum += (p * found) / (found + wrong);
  }
  return sum / n1;
}

export function precisionInterval(
  { positives, negatives }: ScoreHistogram,
  value: number,
): Partial<Interval> {
  const bins = positives.flatMap((p, bin) => (p + (negatives[bin] ?? 0) > 0 ? [bin] : []));
  const counts = bins.flatMap((bin) => [positives[bin] ?? 0, negatives[bin] ?? 0]);
  const error = jackknifeError(counts, (cells) => {
    let [found, called, sum] = [0, 0, 0];
    for (let at = cells.length - 2; at >= 0; at -= 2) {
      const p = cells[at] ?? 0;
      found += p;
      called += p + (cells[at + 1] ?? 0);
      sum += (p * found) / called;
    }
    return sum / found;
  });
  return logitInterval(value, error);
}

/** Ten equal-width groups of scores, those with rows. */
export function scoreGroups({ positives, negatives, scoreSums }: ScoreHistogram): ScoreGroup[] {
  return Array.from({ length: 10 }, (_, i) => {
    const part = (list: number[]) => sumOf(list.slice(i * 100, i * 100 + 100));
    return { n: part(positives) + part(negatives), positives: part(positives), scores: part(scoreSums) };
  }).filter(({ n }) => n > 0);
}

/** Σ |positives − Σ scores| / n over ten equal-width bins. */
export function calibrationError({ positives, scoreSums }: ScoreHistogram, n: number): number {
  let error = 0;
  for (let start = 0; start < 1000; start += 100) {
    error += Math.abs(
      sumOf(positives.slice(start, start + 100)) - sumOf(scoreSums.slice(start, start + 100)),
    );
  }
  return error / n;
}
