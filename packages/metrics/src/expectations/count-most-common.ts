import type { BinSetColumn, ColumnProfile } from '@plumbline/contracts';
import type { Unexpected } from './judge-share.ts';

/**
 * Rows that have the most common value. Of numbers binned by ranges it has at most the fullest bin; rare and unseen values
 * are known by the listed one and otherwise could all be the same.
 */
export function countMostCommon({ bins }: BinSetColumn, profile: ColumnProfile): Unexpected {
  const { n, counts, min, max, unseen = [] } = profile;
  if (n > 0 && min !== undefined && min === max) return { atLeast: n, atMost: n, of: n };
  if (bins.layout === 'numeric') return { atLeast: Math.min(1, n), atMost: Math.max(...counts), of: n };
  const known = bins.layout === 'constant' ? 1 : bins.values.length;
  const most = Math.max(0, ...counts.slice(0, known));
  const listed = unseen[0]?.count ?? 0;
  const isSingle = unseen.length === 1 && listed === counts[known + 1];
  const open = counts.slice(known).map((rows, i) => (i === 1 && isSingle ? listed : rows));
  return { atLeast: Math.max(most, listed), atMost: Math.max(most, ...open), of: n };
}
