import { deviations } from './deviations.ts';
import { requireSameLength } from './require-same-length.ts';

/**
 * Correlation ratio η of a number over groups: √(squares between the means of the groups ÷ all squares), in [0, 1].
 * `groups` are the group of each value, from 0. Chance alone gives about √((k − 1) ÷ (n − 1)) with k groups.
 *
 * `undefined` when all values are equal or in one group, or their squares are no finite number. Throws RangeError for unequal lengths.
 * Source: Pearson (1905); Fisher (1925).
 */
export function correlationRatio(groups: Uint16Array, values: Float64Array): number | undefined {
  requireSameLength(groups, values);
  const from = deviations(values);
  const found = new Map<number, { n: number; sum: number }>();
  let total = 0;
  for (const [i, deviation] of from.entries()) {
    const group = found.get(groups[i] ?? 0) ?? { n: 0, sum: 0 };
    group.n += 1;
    group.sum += deviation;
    found.set(groups[i] ?? 0, group);
    total += deviation * deviation;
  }
  if (found.size < 2 || !(total > 0)) return undefined;
  const between = [...found.values()].reduce((sum, group) => sum + group.sum ** 2 / group.n, 0);
  const value = Math.sqrt(between / total);
  return Number.isFinite(value) ? Math.min(1, value) : undefined;
}
