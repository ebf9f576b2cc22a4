import type { BinSetColumn, ColumnProfile } from '@plumbline/contracts';
import { chiSquareQuantile, foldedNormalSum, gammaQuantile, normalCdf } from '@plumbline/stats';
import { distanceCounts } from '../drift/distance-counts.ts';
import { nullWasserstein } from './null-wasserstein.ts';

/** What a distance is when nothing drifted, by the sizes of the two samples alone. */
export interface NullDistance {
  expected: number;
  /** Stayed below with the probability asked for. */
  upper: number;
}

/** Excess of the true quantile per bin and row with few rows a bin, measured at 2 to 20. */
const sparsityFactor = 0.35;

/** Mean of Kolmogorov's distribution, √(π/2)·ln 2. */
const meanKolmogorov = Math.sqrt(Math.PI / 2) * Math.LN2;

/**
 * The law of a drift distance between `n` ≥ 1 values and the reference when both come from one distribution, with
 * e = 1/N_reference + 1/n and B occupied bins. PSI/e, 8·ln2·JS²/e and 8·Hellinger²/e follow χ² of B−1 degrees of
 * freedom. The others are sums or maxima of the differences of shares, which are jointly normal, and grow with √e.
 * `probability` of the upper end is meant to be 0.9 or above. Null for other metrics, and when the reference is empty
 * or does not vary.
 */
export function nullDistance(input: {
  metric: string;
  column: BinSetColumn;
  reference: ColumnProfile;
  probability: number;
}): ((n: number) => NullDistance) | null {
  const { metric, column, reference, probability } = input;
  const counts = distanceCounts(column.bins, reference.counts);
  const shares = counts.filter((count) => count > 0).map((count) => count / reference.n);
  if (shares.length < 2) return null;
  const scaleOf = (n: number) => 1 / reference.n + 1 / n;
  const growing =
    ({ expected, upper }: NullDistance) =>
    (n: number) => ({ expected: expected * Math.sqrt(scaleOf(n)), upper: upper * Math.sqrt(scaleOf(n)) });
  const df = shares.length - 1;
  const quantile = chiSquareQuantile(probability, df) ?? df;
  const chiSquareLaw = (distance: (scaledStatistic: number, n: number) => number) => (n: number) => ({
    expected: distance(scaleOf(n) * df, n),
    upper: distance(scaleOf(n) * quantile, n),
  });
  const sparsity = (n: number) => 1 + sparsityFactor * shares.length * scaleOf(n);
  switch (metric) {
    case 'wasserstein_normed': {
      const law = nullWasserstein(column.bins, reference, probability);
      return law && ((n) => law(scaleOf(n)));
    }
    case 'ks':
      return growing({
        expected: meanKolmogorov,
        upper: Math.sqrt(Math.log(2 / (1 - probability)) / 2),
      });
    case 'tvd':
      return growing(nullTvd(shares, probability));
    case 'l_infinity':
      return growing(nullLargest(shares, probability));
    case 'psi':
      return chiSquareLaw((x, n) => x + emptyBins(counts, reference.n, n));
    case 'js_distance':
      return chiSquareLaw((x, n) => sparsity(n) * Math.sqrt(x / (8 * Math.LN2)));
    case 'hellinger':
      return chiSquareLaw((x, n) => sparsity(n) * Math.sqrt(x / 8));
    default:
      return null;
  }
}

/** What smoothing by half a row adds to the index for the bins that are empty on both sides. */
function emptyBins(counts: readonly number[], nReference: number, n: number): number {
  const empty = counts.filter((count) => count === 0).length;
  const [p, q] = [0.5 / (nReference + counts.length / 2), 0.5 / (n + counts.length / 2)];
  return empty * (p - q) * Math.log(p / q);
}

const deviationsOf = (shares: readonly number[]) => shares.map((p) => Math.sqrt(p * (1 - p)));

/** At e = 1. Shares of a multinomial: the correlation of two is −√(odds·odds). */
function nullTvd(shares: readonly number[], probability: number): NullDistance {
  const odds = shares.map((p) => p / (1 - p));
  const halves = deviationsOf(shares).map((deviation) => deviation / 2);
  const moments = foldedNormalSum(halves, (i, j) => -Math.sqrt((odds[i] ?? 0) * (odds[j] ?? 0)));
  return { expected: moments.mean, upper: gammaQuantile(probability, moments) ?? moments.mean };
}

/** At e = 1, as if the bins were independent, which they nearly are; two bins are one. */
function nullLargest(shares: readonly number[], probability: number): NullDistance {
  const deviations = deviationsOf(shares.length === 2 ? shares.slice(1) : shares);
  const staysBelow = (x: number) =>
    deviations.reduce((product, deviation) => product * (2 * (normalCdf(x / deviation) ?? 0) - 1), 1);
  const steps = 400;
  const step = (6 * Math.max(...deviations)) / steps;
  let expected = 0;
  let upper: number | undefined;
  for (let i = 0; i < steps; i++) {
    const x = (i + 0.5) * step;
    const below = staysBelow(x);
    expected += (1 - below) * step;
    if (upper === undefined && below >= probability) upper = x;
  }
  return { expected, upper: upper ?? steps * step };
}
