import type { PerformanceProfile } from '@plumbline/contracts';

/** Labels in code-unit order; `counts[actual][predicted]` in the same order. */
export interface LabelledConfusion {
  labels: string[];
  counts: number[][];
}

export function confusionMatrix(cells: NonNullable<PerformanceProfile['confusion']>): LabelledConfusion {
  const labels = [...new Set(cells.flatMap(({ actual, predicted }) => [actual, predicted]))].sort();
  const position = new Map(labels.map((label, i) => [label, i]));
  const counts = labels.map(() => new Array<number>(labels.length).fill(0));
  for (const { actual, predicted, count } of cells) {
    const row = counts[position.get(actual) ?? -1];
    const column = position.get(predicted);
    if (row && column !== undefined) row[column] = (row[column] ?? 0) + count;
  }
  return { labels, counts };
}
