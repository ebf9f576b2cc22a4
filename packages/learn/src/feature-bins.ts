import type { FeatureColumn } from './feature-column.ts';

/**
 * How the values of one feature become bins 0 … n−1, learnt from the training rows. Bin n holds missing values.
 * - numeric: `thresholds` ascending; x lies in the first bin whose threshold is ≥ x, above all of them in the last.
 * - categorical: the bin of each category code, in the order of the target's mean; codes too rare for a bin of
 *   their own share `rare`. A code never seen counts as missing.
 */
export type FeatureBins =
  | { name: string; kind: 'numeric'; thresholds: number[] }
  | { name: string; kind: 'categorical'; codes: number[]; bins: number[]; count: number };

/** Number of bins without the one for missing values. */
export function binCount(bins: FeatureBins): number {
  return bins.kind === 'numeric' ? bins.thresholds.length + 1 : bins.count;
}

/** The bin of every value of a column. Throws RangeError when the column is not the one the bins were made for. */
export function binColumn(bins: FeatureBins, column: FeatureColumn): Uint8Array {
  if (bins.name !== column.name || bins.kind !== column.kind)
    throw new RangeError(`expected ${bins.kind} ${bins.name}, got ${column.kind} ${column.name}`);
  return bins.kind === 'numeric' ? binNumbers(bins.thresholds, column.values) : binCodes(bins, column.values);
}

function binNumbers(thresholds: number[], values: Float64Array): Uint8Array {
  const sorted = Float64Array.from(thresholds);
  const result = new Uint8Array(values.length);
  const missing = sorted.length + 1;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      result[row] = missing;
      continue;
    }
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    result[row] = low;
  }
  return result;
}

function binCodes(bins: Extract<FeatureBins, { kind: 'categorical' }>, values: Float64Array): Uint8Array {
  const binOf = new Map(bins.codes.map((code, i) => [code, bins.bins[i] ?? bins.count]));
  return Uint8Array.from(values, (code) => binOf.get(code) ?? bins.count);
}
