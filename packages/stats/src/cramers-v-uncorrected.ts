/**
 * Cramér's V of an r×c contingency table without bias correction: √(φ² ÷ min(r − 1, c − 1)), φ² = χ² ÷ n, in [0, 1].
 * Rows and columns without any count are left out. Chance alone gives about √((r − 1)(c − 1) ÷ (n · min(r − 1, c − 1))).
 *
 * `undefined` with fewer than two rows or columns that hold something. Throws RangeError for rows of unequal length.
 * Source: Cramér (1946); the form Evidently uses.
 */
export function cramersVUncorrected(table: readonly (readonly number[])[]): number | undefined {
  const length = table[0]?.length ?? 0;
  if (table.some((row) => row.length !== length)) throw new RangeError('expected rows of one length');
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = Array.from({ length }, (_, j) => table.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  const n = rows.reduce((sum, count) => sum + count, 0);
  const least = Math.min(
    rows.filter((count) => count > 0).length,
    columns.filter((count) => count > 0).length,
  );
  if (least < 2) return undefined;
  let phi2 = -1;
  for (const [i, row] of table.entries()) {
    for (const [j, count] of row.entries())
      if (count > 0) phi2 += count ** 2 / ((rows[i] ?? 0) * (columns[j] ?? 0));
  }
  return n > 0 ? Math.min(1, Math.sqrt(Math.max(0, phi2) / (least - 1))) : undefined;
}
