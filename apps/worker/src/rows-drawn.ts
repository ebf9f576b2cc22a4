const mostRows = 10_000;
const leastRows = 1_000;
const mostValues = 1_500_000;

/** Rows drawn from a reference or a window: ten thousand, fewer when there are many columns, so that memory and time stay bounded. */
export function rowsDrawn(columns: number): number {
  return Math.max(leastRows, Math.min(mostRows, Math.floor(mostValues / Math.max(1, columns))));
}
