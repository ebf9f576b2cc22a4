import type { Bins, ColumnProfile } from '@plumbline/contracts';
import { foldedNormalSum, logNormalQuantile } from '@plumbline/stats';

interface Point {
  share: number;
  /** Mean of the values in the bin, in standard deviations. */
  place: number;
  /** Deviation of the values in the bin, in standard deviations. */
  spread: number;
}

const meanOfHalfNormal = Math.sqrt(2 / Math.PI);

/**
 * The law of the binned Wasserstein distance in standard deviations without drift, at e = 1/N_reference + 1/n. The
 * distance is the integral of |F−G|, and F−G where F = u is normal with variance e·u(1−u): a Brownian bridge. The
 * integral of its size is close to log-normal. The means of a bin differ between the samples too, by
 * spread·√(e/share), which adds what of the bin's share its own difference does not cover.
 * Null without a scale: layouts of values that are no numbers, and a reference that does not vary.
 */
export function nullWasserstein(
  bins: Bins,
  reference: ColumnProfile,
  probability: number,
): ((e: number) => { expected: number; upper: number }) | null {
  const deviation = Math.sqrt((reference.m2 ?? 0) / reference.n);
  if ((bins.layout !== 'numeric' && bins.layout !== 'discrete') || !(deviation > 0)) return null;
  const points = pointsOf(bins, reference, deviation);
  const bridge: number[] = [];
  let u = 0;
  for (const { share } of points) {
    u += share;
    bridge.push(Math.sqrt(Math.max(0, u * (1 - u))));
  }
  const deviations = points
    .slice(1)
    .map(({ place }, i) => (place - (points[i]?.place ?? 0)) * (bridge[i] ?? 0));
  const odds = points.slice(1).map((_, i) => oddsOf(points.slice(0, i + 1)));
  const between = foldedNormalSum(deviations, (i, j) => Math.sqrt((odds[i] ?? 0) / (odds[j] ?? 1)));
  return (e) => {
    const within = points.reduce((sum, { share, spread }, i) => {
      const covered = (meanOfHalfNormal * Math.sqrt(e) * (bridge[i] ?? 0)) / share;
      return sum + spread * Math.sqrt(e * share) * Math.max(0, 1 - covered);
    }, 0);
    const mean = Math.sqrt(e) * between.mean + meanOfHalfNormal * within;
    return {
      expected: mean,
      upper: logNormalQuantile(probability, { mean, variance: e * between.variance }) ?? mean,
    };
  };
}

function oddsOf(points: readonly Point[]): number {
  const u = points.reduce((sum, { share }) => sum + share, 0);
  return u / (1 - u);
}

/** Occupied bins in order of their means. */
function pointsOf(
  bins: Extract<Bins, { layout: 'numeric' | 'discrete' }>,
  { counts, sums, n, mean = 0, m2 = 0 }: ColumnProfile,
  deviation: number,
): Point[] {
  const occupied = counts
    .map((count, i) => ({ bin: i, share: count / n, place: ((sums?.[i] ?? 0) / count - mean) / deviation }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => a.place - b.place);
  if (bins.layout === 'discrete') return occupied.map((point) => ({ ...point, spread: 0 }));

  // Values lie evenly in inner bins; the outer two share what is left of the variance by the square of their reach.
  const edges = bins.edges.map((edge) => (edge - mean) / deviation);
  const spreadOf = (bin: number) => ((edges[bin] ?? 0) - (edges[bin - 1] ?? 0)) / Math.sqrt(12);
  const isOuter = (i: number) => i === 0 || i === occupied.length - 1;
  let left = m2 / n / deviation ** 2;
  for (const [i, { bin, share, place }] of occupied.entries()) {
    left -= share * (place ** 2 + (isOuter(i) ? 0 : spreadOf(bin) ** 2));
  }
  const reach = (i: number) => {
    const [own, neighbour] = [occupied[i], occupied[i === 0 ? 1 : i - 1]];
    return own && neighbour ? Math.abs(own.place - neighbour.place) : 0;
  };
  const weight = occupied.reduce((sum, { share }, i) => sum + (isOuter(i) ? share * reach(i) ** 2 : 0), 0);
  const outer = weight > 0 ? Math.sqrt(Math.max(0, left) / weight) : 0;
  return occupied.map((point, i) => ({
    ...point,
    spread: isOuter(i) ? reach(i) * outer : spreadOf(point.bin),
  }));
}
