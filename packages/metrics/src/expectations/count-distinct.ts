import type { BinSetColumn, ColumnProfile } from '@plumbline/contracts';

/** How many different values a column has; both ends are equal where the bins tell exactly. */
export interface DistinctValues {
  atLeast: number;
  atMost: number;
}

/**
 * Different values of a column, from its bins: one a bin that holds rows; rare and unseen values are at least those
 * listed and at most one a row. Undefined for numbers binned by ranges, unless all of them are equal.
 */
export function countDistinct({ bins }: BinSetColumn, profile: ColumnProfile): DistinctValues | undefined {
  const { n, counts, min, max, unseen = [] } = profile;
  if (n === 0) return { atLeast: 0, atMost: 0 };
  if (min !== undefined && min === max) return { atLeast: 1, atMost: 1 };
  const filled = (end: number) => counts.slice(0, end).filter((rows) => rows > 0).length;
  switch (bins.layout) {
    case 'numeric':
      return undefined;
    case 'constant':
    case 'discrete': {
      const known = bins.layout === 'discrete' ? bins.values.length : 1;
      return withFurther(filled(known), counts[known] ?? 0, []);
    }
    case 'categorical': {
      const known = bins.values.length;
      const other = counts[known] ?? 0;
      const { atLeast, atMost } = withFurther(filled(known), counts[known + 1] ?? 0, unseen);
      return { atLeast: atLeast + Math.min(1, other), atMost: atMost + Math.min(other, bins.rare.length) };
    }
  }
}

/** Values beyond the known ones: as many as are listed when these are all of `rows`. */
function withFurther(known: number, rows: number, listed: readonly { count: number }[]): DistinctValues {
  const isWhole = listed.reduce((sum, { count }) => sum + count, 0) === rows;
  const atLeast = known + Math.min(rows, Math.max(1, listed.length));
  return { atLeast, atMost: isWhole ? atLeast : known + rows };
}
