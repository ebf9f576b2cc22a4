import { type ConfusionMatrix, confusionMargins } from './confusion-margins.ts';
import type { AveragedScores } from './multiclass-report.ts';
import { multinomialError } from './multinomial-error.ts';

export interface AveragedScoreErrors {
  macro: AveragedScores;
  weighted: AveragedScores;
}

/**
 * Standard errors of the averages of {@link multiclassReport} by the delta method. A score that is counted as 0 because
 * its class is never predicted, or never occurs, adds no error. `undefined` when the matrix holds no rows.
 * Source: Takahashi et al. (2022), "Confidence interval for micro-averaged F1 and macro-averaged F1 scores".
 */
export function averagedScoreErrors(counts: ConfusionMatrix): AveragedScoreErrors | undefined {
  const { total, actual, predicted } = confusionMargins(counts);
  if (!(total > 0)) return undefined;
  const share = (rows: number | undefined) => (rows ?? 0) / total;
  const hits = counts.map((row, k) => share(row[k]));
  const rows = actual.map(share);
  const calls = predicted.map(share);
  const seen = rows.filter((row, k) => row + (calls[k] ?? 0) > 0).length;

  /** Derivatives of hits ÷ (a·rows + b·calls) of each class, per hit and per unit of the denominator. */
  const errorOf = (a: number, b: number, isWeighted: boolean) => {
    const scores = hits.map((hit, k) => {
      const below = a * (rows[k] ?? 0) + b * (calls[k] ?? 0);
      return below > 0 ? { value: hit / below, per: 1 / below } : { value: 0, per: 0 };
    });
    const weight = (k: number) => (isWeighted ? (rows[k] ?? 0) : 1 / seen);
    const towards = (k: number, factor: number) => {
      const { value, per } = scores[k] ?? { value: 0, per: 0 };
      return -weight(k) * value * per * factor;
    };
    return multinomialError(counts, (i, j) => {
      const hit = i === j ? weight(i) * (scores[i]?.per ?? 0) : 0;
      return hit + towards(i, a) + towards(j, b) + (isWeighted ? (scores[i]?.value ?? 0) : 0);
    });
  };
  const all = (isWeighted: boolean): AveragedScores => ({
    precision: errorOf(0, 1, isWeighted) ?? 0,
    recall: errorOf(1, 0, isWeighted) ?? 0,
    f1: errorOf(0.5, 0.5, isWeighted) ?? 0,
  });
  return { macro: all(false), weighted: all(true) };
}
