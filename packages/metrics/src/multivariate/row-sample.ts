/** Rows drawn from a window or a reference, with every column's values in the same order. */
export interface RowSample {
  /** Rows there are, of which those here were drawn. */
  rows: number;
  /** Prediction time, epoch ms. */
  times: Float64Array;
  /** Numbers with NaN for what is missing, or texts with null. */
  columns: { name: string; values: Float64Array | (string | null)[] }[];
}
