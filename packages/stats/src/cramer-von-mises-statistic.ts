import type { PooledGroups } from './pooled-groups.ts';

/**
 * Two-sample Cramér–von Mises statistic T with midranks: the squared distance of the distribution functions, summed
 * over all values. Ties alone make it larger, even between equal samples.
 *
 * `undefined` with fewer than two values in a sample.
 * Source: Anderson (1962), "On the distribution of the two-sample Cramér–von Mises criterion".
 */
export function cramerVonMisesStatistic({ first, second, n1, n2 }: PooledGroups): number | undefined {
  if (n1 < 2 || n2 < 2) return undefined;
  let [seen1, seen2, spread1, spread2] = [0, 0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    const [f, s] = [first[i] ?? 0, second[i] ?? 0];
    const midrank = seen1 + seen2 + (f + s + 1) / 2;
    spread1 += squaredGaps(midrank - seen1, f);
    spread2 += squaredGaps(midrank - seen2, s);
    seen1 += f;
    seen2 += s;
  }
  const [pairs, n] = [n1 * n2, n1 + n2];
  return (n1 * spread1 + n2 * spread2) / (pairs * n) - (4 * pairs - 1) / (6 * n);
}

/** Σ(rank − i)² over i = 1..count. */
function squaredGaps(rank: number, count: number): number {
  return count * (rank - (count + 1) / 2) ** 2 + (count * (count * count - 1)) / 12;
}
