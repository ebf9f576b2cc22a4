import type { BinSetColumn, ColumnProfile } from '@plumbline/contracts';

/** Rows whose value the reference never had; undefined for columns binned by ranges, where every value may be new. */
export function countUnseen({ bins }: BinSetColumn, { counts }: ColumnProfile): number | undefined {
  switch (bins.layout) {
    case 'discrete':
      return counts[bins.values.length] ?? 0;
    case 'categorical':
      return counts[bins.values.length + 1] ?? 0;
    case 'constant':
      return counts[1] ?? 0;
    case 'numeric':
      return undefined;
  }
}
