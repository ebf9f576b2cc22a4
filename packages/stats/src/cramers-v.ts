/**
 * Cramér's V of an r×c contingency table from its Pearson χ² statistic, bias-corrected: how strongly row and column
 * go together, 0 not at all, 1 as strongly as can be. φ² = χ²/n is lowered by what chance alone gives,
 * (r−1)(c−1)/(n−1), and divided by the least of the likewise corrected r−1 and c−1.
 *
 * `undefined` with fewer than two rows or columns, for n ≤ 1 and for a negative statistic.
 * Source: Bergsma (2013), "A bias-correction for Cramér's V and Tschuprow's T".
 */
export function cramersV(table: {
  statistic: number;
  n: number;
  rows: number;
  columns: number;
}): number | undefined {
  const { statistic, n, rows, columns } = table;
  if (!(statistic >= 0) || !(n > 1) || rows < 2 || columns < 2) return undefined;
  const shrunk = Math.max(0, statistic / n - ((rows - 1) * (columns - 1)) / (n - 1));
  const corrected = (count: number) => count - 1 - (count - 1) ** 2 / (n - 1);
  const least = Math.min(corrected(rows), corrected(columns));
  return least > 0 ? Math.min(1, Math.sqrt(shrunk / least)) : undefined;
}
