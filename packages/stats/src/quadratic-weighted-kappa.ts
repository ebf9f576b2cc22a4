import { type ConfusionMatrix, confusionMargins } from './confusion-margins.ts';
import { multinomialError } from './multinomial-error.ts';

export interface WeightedKappa {
  value: number;
  standardError: number | undefined;
}

/**
 * Quadratic-weighted κ of a confusion matrix of ordered classes at `positions` on a line: 1 − observed over expected mean
 * squared distance of predicted and actual class, range [−1, 1]. Standard error by the delta method. `undefined` when
 * chance alone would not miss (one class on both sides) or there are no rows.
 * Source: Cohen (1968), "Weighted kappa"; Fleiss, Cohen & Everitt (1969) for the error.
 */
export function quadraticWeightedKappa(
  counts: ConfusionMatrix,
  positions: readonly number[],
): WeightedKappa | undefined {
  const { total, actual, predicted } = confusionMargins(counts);
  const distance = (i: number, j: number) => ((positions[i] ?? 0) - (positions[j] ?? 0)) ** 2;
  const meanDistance = (shareOf: (k: number) => number | undefined, from: number) =>
    positions.reduce((sum, _, k) => sum + distance(from, k) * ((shareOf(k) ?? 0) / total), 0);
  const toPredicted = positions.map((_, i) => meanDistance((k) => predicted[k], i));
  const toActual = positions.map((_, j) => meanDistance((k) => actual[k], j));
  const expected = actual.reduce((sum, rows, i) => sum + (rows / total) * (toPredicted[i] ?? 0), 0);
  if (!(expected > 0)) return undefined;
  const observed = counts.reduce(
    (sum, row, i) => row.reduce((inner, count, j) => inner + (count / total) * distance(i, j), sum),
    0,
  );
  const ratio = observed / expected;
  const standardError = multinomialError(
    counts,
    (i, j) => (ratio * ((toPredicted[i] ?? 0) + (toActual[j] ?? 0)) - distance(i, j)) / expected,
  );
  return { value: 1 - ratio, standardError };
}
