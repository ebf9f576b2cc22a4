import type { BinSetColumn, ColumnProfile } from '@plumbline/contracts';

/** `rows` is exact when it equals `atLeast`, and otherwise an upper bound. */
export interface OutOfRange {
  rows: number;
  atLeast: number;
}

/**
 * Rows outside the smallest and largest value of the reference; undefined for categories. A discrete column
 * only knows its values and the extremes seen: when these lie outside, its unseen rows are an upper bound.
 */
export function countOutOfRange({ bins }: BinSetColumn, profile: ColumnProfile): OutOfRange | undefined {
  const { counts, min, max } = profile;
  switch (bins.layout) {
    case 'numeric':
      return exactly((counts[0] ?? 0) + (counts.at(-1) ?? 0));
    case 'constant':
      return exactly(counts[1] ?? 0);
    case 'discrete': {
      const below = min !== undefined && min < Math.min(...bins.values) ? 1 : 0;
      const above = max !== undefined && max > Math.max(...bins.values) ? 1 : 0;
      const atLeast = below + above;
      return { rows: atLeast > 0 ? (counts[bins.values.length] ?? 0) : 0, atLeast };
    }
    case 'categorical':
      return undefined;
  }
}

function exactly(rows: number): OutOfRange {
  return { rows, atLeast: rows };
}
