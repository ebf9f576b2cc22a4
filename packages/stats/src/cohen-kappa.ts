import { type ConfusionMatrix, confusionMargins } from './confusion-margins.ts';
import { divide } from './divide.ts';

/**
 * Cohen's κ of a K×K confusion matrix: agreement beyond chance (p_o−p_e)/(1−p_e), unweighted, range [−1, 1].
 * `undefined` when chance agreement is certain (one class on both sides) or there are no rows.
 */
export function cohenKappa(counts: ConfusionMatrix): number | undefined {
  const { total, correct, actual, predicted } = confusionMargins(counts);
  const chance = actual.reduce((sum, rows, k) => sum + (rows / total) * ((predicted[k] ?? 0) / total), 0);
  return divide(correct / total - chance, 1 - chance);
}
