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

interface NullInput {
  metric: string;
  column: BinSetColumn;
  reference: ColumnProfile;
  /** Values in the window. */
  n: number;
  /** Of `upper`, in (0, 1); meant for 0.9 and above. */
  probability: number;
}

/** Excess of the true quantile per bin and row with few rows a bin, measured at 2 to 20. */
const sparsityFactor = 0.35;

/**
 * The law of a drift distance between `n` values and the reference when both come from one distribution, with
 * e = 1/N_reference + 1/n and B occupied bins. PSI/e, 8·ln2·JS²/e and 8·Hellinger²/e follow χ² of B−1 degrees of
 * freedom. The others are sums or maxima of the differences of shares, which are jointly normal. Null for other
 * metrics, and when a side is empty or the reference does not vary.
 */
export function nullDistance(input: NullInput): NullDistance | null {
  const { metric, column, reference, n, probability } = input;
  if (!(n > 0) || reference.n === 0) return null;
  const scale = 1 / reference.n + 1 / n;
  const counts = distanceCounts(column.bins, reference.counts);
  const shares = counts.filter((count) => count > 0).map((count) => count / reference.n);
  if (metric === 'wasserstein_normed') return nullWasserstein(column.bins, reference, { scale, probability });
  if (shares.length < 2) return null;
  const law = { shares, scale, probability };
  if (metric === 'ks') {
    const upper = Math.sqrt(scale * Math.log(2 / (1 - probability)) * 0.5);
    return { expected: meanKolmogorov * Math.sqrt(scale), upper };
  }
  if (metric === 'tvd') return nullTvd(law);
  if (metric === 'l_infinity') return nullLargest(law);
  if (metric === 'psi') return chiSquareLaw(law, (x) => x + emptyBins(counts, reference.n, n));
  if (metric === 'js_distance') return chiSquareLaw(law, (x) => sparse(law, x / (8 * Math.LN2)));
  if (metric === 'hellinger') return chiSquareLaw(law, (x) => sparse(law, x / 8));
  return null;
}

/** Mean of Kolmogorov's distribution, √(π/2)·ln 2. */
const meanKolmogorov = Math.sqrt(Math.PI / 2) * Math.LN2;

/** What smoothing by half a row adds to the index for the bins that are empty on both sides. */
function emptyBins(counts: readonly number[], nReference: number, n: number): number {
  const empty = counts.filter((count) => count === 0).length;
  const [p, q] = [0.5 / (nReference + counts.length / 2), 0.5 / (n + counts.length / 2)];
  return empty * (p - q) * Math.log(p / q);
}

interface Law {
  shares: number[];
  scale: number;
  probability: number;
}

const sparse = ({ shares, scale }: Law, square: number) =>
  Math.sqrt(square) * (1 + sparsityFactor * shares.length * scale);

function chiSquareLaw(law: Law, distance: (scaledStatistic: number) => number): NullDistance {
  const df = law.shares.length - 1;
  return {
    expected: distance(law.scale * df),
    upper: distance(law.scale * (chiSquareQuantile(law.probability, df) ?? df)),
  };
}

const deviationsOf = ({ shares, scale }: Law) => shares.map((p) => Math.sqrt(p * (1 - p) * scale));

/** Shares of a multinomial: the correlation of two is −√(odds·odds). */
function nullTvd(law: Law): NullDistance {
  const odds = law.shares.map((p) => p / (1 - p));
  const halves = deviationsOf(law).map((deviation) => deviation / 2);
  const moments = foldedNormalSum(halves, (i, j) => -Math.sqrt((odds[i] ?? 0) * (odds[j] ?? 0)));
  return { expected: moments.mean, upper: gammaQuantile(law.probability, moments) ?? moments.mean };
}

/** As if the bins were independent, which they nearly are; two bins are one. */
function nullLargest(law: Law): NullDistance {
  const deviations = law.shares.length === 2 ? deviationsOf(law).slice(1) : deviationsOf(law);
  const staysBelow = (x: number) =>
    deviations.reduce((product, deviation) => product * (2 * (normalCdf(x / deviation) ?? 0) - 1), 1);
  const largest = Math.max(...deviations);
  const steps = 400;
  const step = (6 * largest) / steps;
  let expected = 0;
  let upper: number | undefined;
  for (let i = 0; i < steps; i++) {
    const x = (i + 0.5) * step;
    const below = staysBelow(x);
    expected += (1 - below) * step;
    if (upper === undefined && below >= law.probability) upper = x;
  }
  return { expected, upper: upper ?? 6 * largest };
}
