import { type ConfusionMatrix, confusionMargins } from './confusion-margins.ts';
import { divide } from './divide.ts';

/**
 * Matthews correlation coefficient of a K×K confusion matrix (Gorodkin's R_K; the usual MCC for K = 2),
 * range [−1, 1]. `undefined` when only one class occurs or only one is predicted.
 */
export function matthewsCorrelation(counts: ConfusionMatrix): number | undefined {
  const { total, correct, actual, predicted } = confusionMargins(counts);
  let both = 0;
  let actualSquares = 0;
  let predictedSquares = 0;
  for (let k = 0; k < actual.length; k++) {
    const t = (actual[k] ?? 0) / total;
    const p = (predicted[k] ?? 0) / total;
    both += t * p;
    actualSquares += t * t;
    predictedSquares += p * p;
  }
  return divide(correct / total - both, Math.sqrt((1 - predictedSquares) * (1 - actualSquares)));
}
