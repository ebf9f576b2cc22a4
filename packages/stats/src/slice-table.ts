import type { SliceItem } from './found-slice.ts';
import { neumaierSum } from './neumaier-sum.ts';
import { requireSameLength } from './require-same-length.ts';
import type { SliceSums } from './slice-line-score.ts';

/** Rows to search slices of. */
export interface SliceRows {
  /** By feature: the level of every row, 0 to `levels` − 1. */
  features: readonly { codes: Uint8Array | Uint16Array; levels: number }[];
  /** By row, ≥ 0. */
  errors: Float64Array;
}

const workAYield = 2_000_000;

/** Rows with their levels numbered through over all features, so that a slice is a list of ascending numbers. */
export function createSliceTable({ features, errors }: SliceRows) {
  for (const { codes } of features) requireSameLength(codes, errors);
  const offsets: number[] = [];
  const itemsOfAll: SliceItem[] = [];
  for (const [feature, { levels }] of features.entries()) {
    offsets.push(itemsOfAll.length);
    for (let code = 0; code < levels; code++) itemsOfAll.push({ feature, code });
  }
  const base = itemsOfAll.length + 1;
  const itemOf = (item: number): SliceItem => itemsOfAll[item] ?? { feature: 0, code: 0 };
  return {
    rows: errors.length,
    features: features.length,
    meanError: (neumaierSum(errors) ?? 0) / Math.max(1, errors.length),
    allRows: Uint32Array.from(errors.keys()),
    workAYield,
    itemOf,
    /** Different for different slices of one length. */
    keyOf: (items: readonly number[]) => items.reduce((key, item) => key * base + item + 1, 0),
    /** The rows in which every item holds. */
    rowsOf(items: readonly number[]): Uint32Array {
      const wanted = items.map(itemOf);
      const found = new Uint32Array(errors.length);
      let count = 0;
      for (let row = 0; row < errors.length; row++) {
        let holds = true;
        for (const { feature, code } of wanted) holds &&= features[feature]?.codes[row] === code;
        if (holds) found[count++] = row;
      }
      return found.subarray(0, count);
    },
    /** Size, sum and largest of the errors by level of a feature; levels without rows are left out. */
    countFeature(rows: Uint32Array, feature: number): (SliceSums & { item: number })[] {
      const { codes, levels } = features[feature] ?? { codes: new Uint8Array(), levels: 0 };
      const sizes = new Uint32Array(levels);
      const sums = new Float64Array(levels);
      const largest = new Float64Array(levels);
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] ?? 0;
        const code = codes[row] ?? 0;
        const error = errors[row] ?? 0;
        sizes[code] = (sizes[code] ?? 0) + 1;
        sums[code] = (sums[code] ?? 0) + error;
        if (error > (largest[code] ?? 0)) largest[code] = error;
      }
      const offset = offsets[feature] ?? 0;
      const counted: (SliceSums & { item: number })[] = [];
      for (const [code, size] of sizes.entries())
        if (size > 0)
          counted.push({
            item: offset + code,
            size,
            errorSum: sums[code] ?? 0,
            maxError: largest[code] ?? 0,
          });
      return counted;
    },
  };
}
