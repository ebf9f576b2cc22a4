import { createRandom } from './create-random.ts';

/**
 * A fold 0 … folds−1 for every row, drawn so that each fold holds the same share of every class to within one row.
 * Follows from the seed.
 */
export function stratifiedFolds(target: Float64Array, folds: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  const rowsOf = new Map<number, number[]>();
  target.forEach((value, row) => {
    const rows = rowsOf.get(value) ?? [];
    rows.push(row);
    rowsOf.set(value, rows);
  });
  const result = new Uint8Array(target.length);
  let next = 0;
  for (const [, rows] of [...rowsOf].sort(([a], [b]) => a - b)) {
    for (let i = rows.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const swapped = rows[i] as number;
      rows[i] = rows[j] as number;
      rows[j] = swapped;
    }
    for (const row of rows) result[row] = next++ % folds;
  }
  return result;
}
