import type { FeatureColumn } from './feature-column.ts';

/** The same columns with the given rows alone, in the given order. */
export function pickRows(columns: readonly FeatureColumn[], rows: ArrayLike<number>): FeatureColumn[] {
  return columns.map(({ name, kind, values }) => ({
    name,
    kind,
    values: Float64Array.from(rows, (row) => values[row] ?? Number.NaN),
  }));
}
