import { type ConfusionMatrix, confusionMargins } from './confusion-margins.ts';
import { divide } from './divide.ts';

export interface ClassScores {
  /** `undefined` when the class is never predicted. */
  precision: number | undefined;
  /** `undefined` when the class never occurs. */
  recall: number | undefined;
  /** `undefined` when the class neither occurs nor is predicted. */
  f1: number | undefined;
  /** Rows whose actual class it is. */
  support: number;
}

export interface AveragedScores {
  precision: number;
  recall: number;
  f1: number;
}

export interface MulticlassReport {
  /** Share of rows predicted rightly; equals micro-averaged precision, recall and F1. */
  accuracy: number;
  /** Plain mean over the classes that occur or are predicted. */
  macro: AveragedScores;
  /** Mean weighted by support. */
  weighted: AveragedScores;
  /** One entry per row of the matrix. */
  perClass: ClassScores[];
}

/**
 * One-vs-rest scores of a K×K confusion matrix (rows actual, columns predicted).
 *
 * Averages count an undefined score of a class that occurs or is predicted as 0, so that a class the model
 * never predicts lowers them instead of dropping out. `undefined` when the matrix holds no rows.
 */
export function multiclassReport(counts: ConfusionMatrix): MulticlassReport | undefined {
  const { total, correct, actual, predicted } = confusionMargins(counts);
  const accuracy = divide(correct, total);
  if (accuracy === undefined) return undefined;
  const perClass = counts.map((row, k): ClassScores => {
    const hits = row[k] ?? 0;
    const support = actual[k] ?? 0;
    const predictions = predicted[k] ?? 0;
    return {
      precision: divide(hits, predictions),
      recall: divide(hits, support),
      f1: divide(2 * hits, support + predictions),
      support,
    };
  });
  return {
    accuracy,
    macro: average(perClass, ({ f1 }) => (f1 === undefined ? 0 : 1)),
    weighted: average(perClass, ({ support }) => support),
    perClass,
  };
}

function average(perClass: ClassScores[], weightOf: (scores: ClassScores) => number): AveragedScores {
  const totals = { precision: 0, recall: 0, f1: 0 };
  let weights = 0;
  for (const scores of perClass) {
    const weight = weightOf(scores);
    weights += weight;
    totals.precision += weight * (scores.precision ?? 0);
    totals.recall += weight * (scores.recall ?? 0);
    totals.f1 += weight * (scores.f1 ?? 0);
  }
  return {
    precision: totals.precision / weights,
    recall: totals.recall / weights,
    f1: totals.f1 / weights,
  };
}
