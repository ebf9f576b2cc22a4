import { cohenKappa } from './cohen-kappa.ts';
import { type ConfusionMatrix, confusionMargins } from './confusion-margins.ts';
import { multinomialError } from './multinomial-error.ts';

/**
 * Standard error of {@link cohenKappa} by the delta method; `undefined` where that is.
 * Source: Fleiss, Cohen & Everitt (1969), "Large sample standard errors of kappa and weighted kappa".
 */
export function cohenKappaError(counts: ConfusionMatrix): number | undefined {
  const value = cohenKappa(counts);
  if (value === undefined) return undefined;
  const { total, actual, predicted } = confusionMargins(counts);
  const share = (rows: number | undefined) => (rows ?? 0) / total;
  const chance = actual.reduce((sum, rows, k) => sum + share(rows) * share(predicted[k]), 0);
  return multinomialError(
    counts,
    (i, j) => ((i === j ? 1 : 0) - (1 - value) * (share(predicted[i]) + share(actual[j]))) / (1 - chance),
  );
}
