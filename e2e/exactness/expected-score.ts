/** What a metric must come to; with `exact`, also how far a binned value may be from the truth. */
export interface ExpectedScore {
  value: number | null;
  n: number;
  status: 'ok' | 'empty' | 'insufficient_data' | 'constant' | 'not_applicable' | 'degenerate';
  pValue?: number;
  lower?: number;
  upper?: number;
  /** The statistic of the raw values; the answer's `error_bound` must reach it. */
  exact?: number;
  /** No bound can be given: values that the bins do not know may lie anywhere. */
  isUnbounded?: boolean;
}

export const withoutValue = (status: Exclude<ExpectedScore['status'], 'ok'>, n: number): ExpectedScore => ({
  value: null,
  n,
  status,
});

/** `empty` or `insufficient_data` when there are too few rows. */
export function shortage(n: number, floor: number): 'empty' | 'insufficient_data' | undefined {
  if (n === 0) return 'empty';
  return n < floor ? 'insufficient_data' : undefined;
}
