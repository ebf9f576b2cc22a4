import type { SliceSums } from './slice-line-score.ts';

/** One predicate: the rows whose `feature` has this `code`. */
export interface SliceItem {
  feature: number;
  code: number;
}

export interface FoundSlice extends SliceSums {
  /** By ascending feature. */
  items: SliceItem[];
  score: number;
}

/** Best score first; ties go to the larger slice, then to fewer predicates, then to the features given first. */
export function compareSlices(a: FoundSlice, b: FoundSlice): number {
  const difference = b.score - a.score || b.size - a.size || a.items.length - b.items.length;
  if (difference !== 0) return difference;
  for (const [i, item] of a.items.entries()) {
    const other = b.items[i];
    const order = item.feature - (other?.feature ?? 0) || item.code - (other?.code ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
