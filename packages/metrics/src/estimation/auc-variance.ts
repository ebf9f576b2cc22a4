import { type Counts, histogramAuc } from '@plumbline/stats';

/**
 * Variance of the ROC AUC times the number of events it is taken from: the variance over positives of the share of
 * negatives below each, divided by the share of positives, plus the same the other way round. Events of one bin are tied.
 * Undefined when a class is empty.
 * Source: DeLong, DeLong and Clarke-Pearson (1988).
 */
export function aucVariance(positives: Counts, negatives: Counts): number | undefined {
  const auc = histogramAuc(positives, negatives)?.value;
  if (auc === undefined) return undefined;
  const [n1, n0] = [total(positives), total(negatives)];
  let negativesBelow = 0;
  let positivesBelow = 0;
  let overPositives = 0;
  let overNegatives = 0;
  for (let bin = 0; bin < positives.length; bin++) {
    const [positive, negative] = [positives[bin] ?? 0, negatives[bin] ?? 0];
    overPositives += positive * ((negativesBelow + negative / 2) / n0 - auc) ** 2;
    overNegatives += negative * (1 - (positivesBelow + positive / 2) / n1 - auc) ** 2;
    negativesBelow += negative;
    positivesBelow += positive;
  }
  return (n1 + n0) * (overPositives / n1 ** 2 + overNegatives / n0 ** 2);
}

function total(counts: Counts): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] ?? 0;
  return sum;
}
