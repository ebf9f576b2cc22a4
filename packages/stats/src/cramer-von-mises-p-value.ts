import { cramerVonMisesSurvival } from './cramer-von-mises-survival.ts';

/** Rows of a side up to which p is counted out. */
const mostExact = 20;

/**
 * p of a two-sample Cramér–von Mises statistic for sample sizes n1 and n2, of values without ties: with ties p is far
 * too small, the more the larger the samples. Exact up to 20 rows a side; beyond, the limiting distribution at T moved
 * to its mean and variance.
 *
 * `undefined` with fewer than two rows in a sample, and for NaN.
 * Sources: Xiao, Gordon and Yakovlev (2007) for the exact form; Anderson (1962); both as in scipy.
 */
export function cramerVonMisesPValue(statistic: number, n1: number, n2: number): number | undefined {
  if (Number.isNaN(statistic) || !(n1 >= 2) || !(n2 >= 2)) return undefined;
  if (Math.max(n1, n2) <= mostExact) return exactSurvival(statistic, n1, n2);
  const [pairs, n] = [n1 * n2, n1 + n2];
  const mean = (1 + 1 / n) / 6;
  const variance = ((n + 1) * (4 * pairs * n - 3 * (n1 * n1 + n2 * n2) - 2 * pairs)) / (180 * n * n * pairs);
  return cramerVonMisesSurvival(1 / 6 + (statistic - mean) / Math.sqrt(45 * variance));
}

function exactSurvival(statistic: number, m: number, n: number): number {
  const multiple = leastCommonMultiple(m, n);
  const [a, b] = [multiple / m, multiple / n];
  // What the statistic sums, in whole numbers; the slack undoes rounding in the caller's division.
  const least = Math.floor((multiple ** 2 * (m + n) ** 2 * statistic) / (m * n) + 1e-7);
  // Orders of the pooled values by the sum of squared gaps along the way to (u, v).
  let row: Map<number, number>[] = [];
  for (let u = 0; u <= n; u++) {
    const next: Map<number, number>[] = [];
    for (let v = 0; v <= m; v++) {
      const gap = (a * v - b * u) ** 2;
      const ways = new Map<number, number>(u === 0 && v === 0 ? [[0, 1]] : []);
      for (const from of [next[v - 1], row[v]])
        for (const [sum, count] of from ?? []) ways.set(sum + gap, (ways.get(sum + gap) ?? 0) + count);
      next.push(ways);
    }
    row = next;
  }
  let [beyond, all] = [0, 0];
  for (const [sum, count] of row[m] ?? []) {
    all += count;
    if (sum >= least) beyond += count;
  }
  return beyond / all;
}

function leastCommonMultiple(m: number, n: number): number {
  let [x, y] = [m, n];
  while (y > 0) [x, y] = [y, x % y];
  return (m / x) * n;
}
