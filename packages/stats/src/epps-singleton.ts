import type { ChiSquareResult } from './chi-square.ts';
import { chiSquareSurvival } from './chi-square-survival.ts';
import { neumaierSum } from './neumaier-sum.ts';
import { quantileSorted } from './quantile-sorted.ts';
import { sortedFinite } from './sorted-finite.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

const points = [0.4, 0.8];
const leastRows = 5;
/** Rows from which the correction for small samples is left out. */
const smallSample = 25;
/** Of the largest eigenvalue: what is less is taken for 0. */
const rankTolerance = 1e-10;

/**
 * Epps–Singleton test of two samples: whether their empirical characteristic functions differ at 0.4 and 0.8 half
 * interquartile ranges of the pooled values. Sensitive to shape and spread; discrete values are welcome. Wald statistic,
 * χ² with the rank of the covariance matrix as degrees of freedom, four unless values are few.
 *
 * Non-finite values are dropped. `undefined` with fewer than five values in a sample, when the pooled interquartile range
 * is 0, and when neither sample varies.
 * Source: Epps and Singleton (1986); Goerg and Kaiser (2009) for the correction, as in scipy.
 */
export function eppsSingleton(a: ArrayLike<number>, b: ArrayLike<number>): ChiSquareResult | undefined {
  const [x, y] = [sortedFinite(a), sortedFinite(b)];
  const [n1, n2] = [x.length, y.length];
  if (n1 < leastRows || n2 < leastRows) return undefined;
  const pooled = sortedFinite([...x, ...y]);
  const scale = ((quantileSorted(pooled, 0.75) ?? 0) - (quantileSorted(pooled, 0.25) ?? 0)) / 2;
  if (!(scale > 0) || scale === Infinity) return undefined;

  const n = n1 + n2;
  const [first, second] = [moments(x, scale), moments(y, scale)];
  const gap = first.means.map((mean, i) => mean - (second.means[i] ?? 0));
  const covariance = first.covariance.map((row, i) =>
    row.map((value, j) => (n / n1) * value + (n / n2) * (second.covariance[i]?.[j] ?? 0)),
  );
  const { values, vectors } = symmetricEigen(covariance);
  const least = rankTolerance * Math.max(...values);
  let [wald, df] = [0, 0];
  for (const [i, value] of values.entries()) {
    if (!(value > least)) continue;
    const along = gap.reduce((sum, part, j) => sum + part * (vectors[i]?.[j] ?? 0), 0);
    wald += (n * along * along) / value;
    df += 1;
  }
  if (df === 0) return undefined;
  const statistic = Math.max(n1, n2) < smallSample ? wald * correction(n1, n2) : wald;
  return { statistic, df, pValue: chiSquareSurvival(statistic, df) ?? 1 };
}

const correction = (n1: number, n2: number) =>
  1 / (1 + (n1 + n2) ** -0.45 + 10.1 * (n1 ** -1.7 + n2 ** -1.7));

/** Means and covariances (over n) of the cosines and sines. */
function moments(values: Float64Array, scale: number): { means: number[]; covariance: number[][] } {
  const waves = [Math.cos, Math.sin].flatMap((wave) =>
    points.map((point) => values.map((value) => wave((point / scale) * value))),
  );
  const mean = (terms: Float64Array) => (neumaierSum(terms) ?? 0) / values.length;
  const means = waves.map(mean);
  const centred = waves.map((wave, i) => wave.map((value) => value - (means[i] ?? 0)));
  const covariance = centred.map((left) =>
    centred.map((right) => mean(left.map((value, row) => value * (right[row] ?? 0)))),
  );
  return { means, covariance };
}
