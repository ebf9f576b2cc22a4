import { type ConfusionMatrix, confusionMargins } from './confusion-margins.ts';
import { matthewsCorrelation } from './matthews-correlation.ts';
import { multinomialError } from './multinomial-error.ts';

/** Standard error of {@link matthewsCorrelation} by the delta method; `undefined` where that is. */
export function matthewsCorrelationError(counts: ConfusionMatrix): number | undefined {
  const value = matthewsCorrelation(counts);
  if (value === undefined) return undefined;
  const { total, actual, predicted } = confusionMargins(counts);
  const share = (rows: number | undefined) => (rows ?? 0) / total;
  const spread = (side: number[]) => 1 - side.reduce((sum, rows) => sum + share(rows) ** 2, 0);
  const [actualSpread, predictedSpread] = [spread(actual), spread(predicted)];
  const scale = Math.sqrt(actualSpread * predictedSpread);
  return multinomialError(counts, (i, j) => {
    const agreement = (i === j ? 1 : 0) - share(predicted[i]) - share(actual[j]);
    return (
      agreement / scale + value * (share(actual[i]) / actualSpread + share(predicted[j]) / predictedSpread)
    );
  });
}
