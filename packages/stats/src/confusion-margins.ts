/** A K×K confusion matrix: rows are actual classes, columns predicted ones, in the same order. */
export type ConfusionMatrix = readonly (readonly number[])[];

export interface ConfusionMargins {
  total: number;
  correct: number;
  /** Rows per actual class. */
  actual: number[];
  /** Rows per predicted class. */
  predicted: number[];
}

/** Totals of a confusion matrix. */
export function confusionMargins(counts: ConfusionMatrix): ConfusionMargins {
  const actual = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const predicted = counts.map((_, column) => counts.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  const correct = counts.reduce((sum, row, k) => sum + (row[k] ?? 0), 0);
  return { total: actual.reduce((sum, count) => sum + count, 0), correct, actual, predicted };
}
