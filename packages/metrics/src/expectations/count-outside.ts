import type { BinSetColumn, ColumnProfile } from '@plumbline/contracts';
import type { Unexpected } from './judge-share.ts';

/** Values of a bin lie in [low, high], or, where an end is open, do not reach it. */
interface Bin {
  rows: number;
  low: number;
  high: number;
  isOpen?: 'low' | 'high';
}

function binsOf({ bins }: BinSetColumn, { counts, min, max }: ColumnProfile): Bin[] {
  const least = min ?? Number.NEGATIVE_INFINITY;
  const most = max ?? Number.POSITIVE_INFINITY;
  const rows = (i: number) => counts[i] ?? 0;
  switch (bins.layout) {
    case 'numeric': {
      const { edges } = bins;
      const last = edges.length - 1;
      const inner = edges.slice(1).map((high, i): Bin => {
        const bin = { rows: rows(i + 1), low: edges[i] ?? high, high };
        return i + 1 < last ? { ...bin, isOpen: 'high' } : bin;
      });
      return [
        { rows: rows(0), low: least, high: edges[0] ?? most, isOpen: 'high' },
        ...inner,
        { rows: rows(last + 1), low: edges[last] ?? least, high: most, isOpen: 'low' },
      ];
    }
    case 'discrete':
      return [
        ...bins.values.map((value, i) => ({ rows: rows(i), low: value, high: value })),
        { rows: rows(bins.values.length), low: least, high: most },
      ];
    case 'constant':
      return [
        { rows: rows(0), low: bins.value, high: bins.value },
        { rows: rows(1), low: least, high: most },
      ];
    case 'categorical':
      return [];
  }
}

/**
 * Values outside [min, max]; undefined for categories. Exact where the ends are the extremes of the reference, where min
 * is an edge, or where no value reaches them; else the count lies between what the bins tell for certain and what they
 * leave open: a bin that begins at max holds it, and values above.
 */
export function countOutside(
  column: BinSetColumn,
  profile: ColumnProfile,
  range: { min: number | null; max: number | null },
): Unexpected | undefined {
  if (column.bins.layout === 'categorical') return undefined;
  const from = range.min ?? Number.NEGATIVE_INFINITY;
  const to = range.max ?? Number.POSITIVE_INFINITY;
  const isBelow = (profile.min ?? from) < from;
  const isAbove = (profile.max ?? to) > to;
  const of = profile.n;
  if (!isBelow && !isAbove) return { atLeast: 0, atMost: 0, of };
  let outside = 0;
  let perhaps = 0;
  for (const { rows, low, high, isOpen } of binsOf(column, profile)) {
    const isOut =
      high < from || low > to || (isOpen === 'high' ? high <= from : isOpen === 'low' && low >= to);
    if (isOut) outside += rows;
    else if (low < from || high > to) perhaps += rows;
  }
  const seen = Math.min(of, (isBelow ? 1 : 0) + (isAbove ? 1 : 0));
  return { atLeast: Math.max(outside, seen), atMost: Math.max(outside + perhaps, seen), of };
}
