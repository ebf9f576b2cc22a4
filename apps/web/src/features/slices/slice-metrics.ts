import type { FilterLeaf, SlicesAnswer, Task } from '@plumbline/contracts';
import { wilson } from '@plumbline/stats';

export type SliceRow = SlicesAnswer['rows'][number];

/** Metrics a cohort can be ranked by, the first one by default; `worse` says which end is bad. */
export const sliceMetrics: Record<Task, readonly { metric: string; worse: 'lower' | 'higher' }[]> = {
  binary_classification: [
    { metric: 'accuracy', worse: 'lower' },
    { metric: 'precision', worse: 'lower' },
    { metric: 'recall', worse: 'lower' },
  ],
  multiclass_classification: [{ metric: 'accuracy', worse: 'lower' }],
  regression: [
    { metric: 'mae', worse: 'higher' },
    { metric: 'rmse', worse: 'higher' },
  ],
  ranking: [{ metric: 'volume', worse: 'higher' }],
};

/** The filter that picks exactly this group. */
export function sliceClause(field: string, value: SliceRow['group'][string]): FilterLeaf {
  return value === null || value === undefined ? { field, op: 'is_null' } : { field, op: 'eq', value };
}

/** 95% Wilson interval of a group's accuracy; undefined for other metrics. */
export function accuracyInterval(
  row: SliceRow,
  metric: string,
): { lower: number; upper: number } | undefined {
  const value = row.metrics[metric];
  if (metric !== 'accuracy' || value === null || value === undefined) return undefined;
  return wilson(Math.round(value * row.n_labelled), row.n_labelled);
}
