import { type Dataset, fieldValue, type Value } from './dataset.ts';
import { type Bins, binFinder, binTotal } from './reference-bins.ts';

/** One side of a comparison: a column over some rows. */
export interface ColumnSummary {
  rows: number;
  n: number;
  missing: number;
  counts: number[];
  sums: number[];
  /** Ascending; numeric columns only. */
  sorted: Float64Array;
  values: Value[];
}

/** Values of a column that are not null, in the order of the rows. */
export function presentValues(data: Dataset, field: string, rows: readonly number[]): Value[] {
  const values: Value[] = [];
  for (const row of rows) {
    const value = fieldValue(data, field, row);
    if (value !== null) values.push(value);
  }
  return values;
}

export function summarize(values: Value[], rows: number, bins: Bins): ColumnSummary {
  const counts = new Array<number>(binTotal(bins)).fill(0);
  const sums = [...counts];
  const isNumeric = bins.layout !== 'categorical';
  const find = binFinder(bins);
  for (const value of values) {
    const bin = find(value);
    counts[bin] = (counts[bin] ?? 0) + 1;
    if (isNumeric) sums[bin] = (sums[bin] ?? 0) + Number(value);
  }
  const sorted = isNumeric ? Float64Array.from(values, Number).sort() : new Float64Array();
  return { rows, n: values.length, missing: rows - values.length, counts, sums, sorted, values };
}

/** Mean and Σ(x − mean)². */
export function moments(values: Float64Array): { mean: number; m2: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let m2 = 0;
  for (const value of values) m2 += (value - mean) ** 2;
  return { mean, m2 };
}
