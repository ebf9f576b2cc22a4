import { type PerformanceProfile, unknownNegativeLabel } from '@plumbline/contracts';
import type { ModelContext } from '../metric-descriptor.ts';

type Cells = NonNullable<PerformanceProfile['confusion']>;

/** Labels in code-unit order; `counts[actual][predicted]` in the same order. */
export interface LabelledConfusion {
  labels: string[];
  counts: number[][];
}

/** The confusion of a model's labels. A binary model has two: whatever is not the positive label is the negative one. */
export function confusionMatrix(cells: Cells, { task, positiveLabel }: ModelContext): LabelledConfusion {
  if (task !== 'binary_classification' || positiveLabel === null) return count(cells);
  const negative = negativeName(cells, positiveLabel);
  const named = (label: string) => (label === positiveLabel ? label : negative);
  return count(
    cells.map(({ actual, predicted, count: n }) => ({
      actual: named(actual),
      predicted: named(predicted),
      count: n,
    })),
  );
}

/** The label by which the negative class is called most: by actuals if any call it, else by predictions. */
function negativeName(cells: Cells, positiveLabel: string): string {
  for (const side of ['actual', 'predicted'] as const) {
    const totals = new Map<string, number>();
    for (const cell of cells) totals.set(cell[side], (totals.get(cell[side]) ?? 0) + cell.count);
    totals.delete(positiveLabel);
    totals.delete(unknownNegativeLabel);
    const [most] = [...totals].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    if (most) return most[0];
  }
  return unknownNegativeLabel;
}

function count(cells: Cells): LabelledConfusion {
  const labels = [...new Set(cells.flatMap(({ actual, predicted }) => [actual, predicted]))].sort();
  const position = new Map(labels.map((label, i) => [label, i]));
  const counts = labels.map(() => new Array<number>(labels.length).fill(0));
  for (const { actual, predicted, count: n } of cells) {
    const row = counts[position.get(actual) ?? -1];
    const column = position.get(predicted);
    if (row && column !== undefined) row[column] = (row[column] ?? 0) + n;
  }
  return { labels, counts };
}
