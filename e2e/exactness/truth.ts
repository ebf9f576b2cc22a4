import { type ColumnSummary, presentValues, summarize } from './column-summary.ts';
import type { Dataset } from './dataset.ts';
import type { Task } from './expected-performance.ts';
import { type Filter, isMatch } from './filters.ts';
import { type Bins, categoricalBins, numericBins } from './reference-bins.ts';
import { comparedWith, type Question, select } from './selection.ts';

export interface TruthColumn {
  field: string;
  kind: 'numeric' | 'categorical' | 'boolean';
  bins: Bins;
}

/** What is known of a model apart from the product: its rows, its reference, and the bins that follow from it. */
export interface Truth {
  slug: string;
  task: Task;
  positive: string | null;
  data: Dataset;
  columns: TruthColumn[];
  /** The reference side of a column; a question's filter holds for it too. */
  referenceOf(column: TruthColumn, filter?: Filter): ColumnSummary;
}

export function createTruth(
  model: Pick<Truth, 'slug' | 'task' | 'positive'> & { features: readonly { name: string; kind: string }[] },
  reference: Dataset,
  data: Dataset,
): Truth {
  const outcome =
    model.task === 'regression'
      ? [{ field: 'actual_score', kind: 'numeric' }]
      : [
          { field: 'prediction_label', kind: 'categorical' },
          { field: 'actual_label', kind: 'categorical' },
        ];
  const scored = model.task === 'multiclass_classification' ? [] : ['prediction_score'];
  const candidates = [
    ...model.features.map(({ name, kind }) => ({ field: `features.${name}`, kind })),
    ...scored.map((field) => ({ field, kind: 'numeric' })),
    ...outcome,
  ];
  const all = Array.from({ length: reference.size }, (_, i) => i);
  const columns = candidates.map(({ field, kind }): TruthColumn => {
    const values = presentValues(reference, field, all);
    const bins =
      kind === 'numeric' ? numericBins(Float64Array.from(values, Number).sort()) : categoricalBins(values);
    return { field, kind: kind as TruthColumn['kind'], bins };
  });
  const known = new Map<string, ColumnSummary>();
  const rowsOf = new Map<string, number[]>();
  return {
    slug: model.slug,
    task: model.task,
    positive: model.positive,
    data,
    columns,
    referenceOf(column, filter) {
      const name = JSON.stringify(filter ?? null);
      const key = `${column.field} ${name}`;
      const before = known.get(key);
      if (before) return before;
      const rows = rowsOf.get(name) ?? (filter ? all.filter((row) => isMatch(reference, row, filter)) : all);
      rowsOf.set(name, rows);
      const summary = summarize(presentValues(reference, column.field, rows), rows.length, column.bins);
      known.set(key, summary);
      return summary;
    },
  };
}

/** One column over the selected production rows. */
export function currentOf(truth: Truth, column: TruthColumn, rows: readonly number[]): ColumnSummary {
  return summarize(presentValues(truth.data, column.field, rows), rows.length, column.bins);
}

/** What a question compares a column with: the reference, or other production rows on the same bins. */
export function otherSide(truth: Truth, column: TruthColumn, question: Question): ColumnSummary {
  const other = comparedWith(question);
  return other
    ? currentOf(truth, column, select(truth.data, other))
    : truth.referenceOf(column, question.filter);
}

/** Features go by their bare name in answers. */
export const nameOf = (field: string) => field.replace(/^features\./, '');
