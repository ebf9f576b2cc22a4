import { type Moments, mergeMoments } from '@plumbline/stats';

/** A sum over `n` rows and the squared deviations from its mean, as moments. */
const sumMoments = (n: number, sum: number, m2: number): Moments => ({
  n,
  mean: n > 0 ? sum / n : 0,
  m2,
});

/** Squared deviations of two sets of rows put together, from n, sum and squared deviations of each. */
export const mergedM2 = (
  ...sides: [a: [n: number, sum: number, m2: number], b: [n: number, sum: number, m2: number]]
): number => mergeMoments(sumMoments(...sides[0]), sumMoments(...sides[1])).m2;
