import { histogramAuc } from './histogram-auc.ts';
import { normalCdf } from './normal-cdf.ts';
import type { PooledGroups } from './pooled-groups.ts';

export interface MannWhitneyResult {
  /** U / (n₁n₂): the chance that a value of the second sample exceeds one of the first, ties counting ½. Range [0, 1]. */
  superiority: number;
  /** Two-sided. */
  pValue: number;
}

/**
 * Two-sided Mann–Whitney U test (Wilcoxon's rank-sum test): whether values of one sample tend to be larger. p of the
 * normal approximation with corrections for ties and continuity; meant for eight or more rows a side.
 *
 * `undefined` when a sample is empty; p is 1 when all values are equal.
 * Source: Mann and Whitney (1947).
 */
export function mannWhitney({ first, second, n1, n2 }: PooledGroups): MannWhitneyResult | undefined {
  const superiority = histogramAuc(second, first)?.value;
  if (superiority === undefined) return undefined;
  const n = n1 + n2;
  const ties = first.reduce((sum, count, i) => {
    const tied = count + (second[i] ?? 0);
    return sum + (tied ** 3 - tied);
  }, 0);
  const deviation = Math.sqrt(((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1))));
  if (!(deviation > 0)) return { superiority, pValue: 1 };
  const z = (Math.abs(superiority - 0.5) * n1 * n2 - 0.5) / deviation;
  return { superiority, pValue: Math.min(1, 2 * (normalCdf(-z) ?? 0.5)) };
}
