import type { Counts } from './counts.ts';

interface Column {
  reference: number;
  current: number;
}

/**
 * Columns of a 2×K table made safe for the χ² approximation: all-zero columns are dropped, columns with an
 * expected count below `minExpected` in either row are pooled into one, and while the pool itself stays
 * below it the smallest remaining column joins it.
 */
export function poolRareColumns(reference: Counts, current: Counts, minExpected = 5): Column[] {
  const columns: Column[] = [];
  let referenceTotal = 0;
  let currentTotal = 0;
  for (let i = 0; i < reference.length; i++) {
    const column = { reference: reference[i] ?? 0, current: current[i] ?? 0 };
    referenceTotal += column.reference;
    currentTotal += column.current;
    if (columnTotal(column) > 0) columns.push(column);
  }
  const smallerShare = Math.min(referenceTotal, currentTotal) / (referenceTotal + currentTotal);
  const minTotal = minExpected / smallerShare;
  columns.sort((a, b) => columnTotal(a) - columnTotal(b) || a.reference - b.reference);

  const pool: Column = { reference: 0, current: 0 };
  let pooled = 0;
  for (const column of columns) {
    const isRare = columnTotal(column) < minTotal;
    const isPoolRare = pooled > 0 && columnTotal(pool) < minTotal;
    if (!isRare && !isPoolRare) break;
    pool.reference += column.reference;
    pool.current += column.current;
    pooled += 1;
  }
  const kept = columns.slice(pooled);
  return pooled > 0 ? [pool, ...kept] : kept;
}

function columnTotal(column: Column): number {
  return column.reference + column.current;
}
