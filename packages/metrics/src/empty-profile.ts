import type { BinSet, Bins, ColumnProfile, Profile } from '@plumbline/contracts';
import { binCount } from './bin-count.ts';

/** The profile of no events on a bin set; neutral in a merge. */
export function emptyProfile(binSet: BinSet): Profile {
  return {
    events: 0,
    columns: Object.fromEntries(binSet.columns.map(({ column, bins }) => [column, emptyColumnProfile(bins)])),
    performance: { labelled: 0 },
  };
}

/** The profile of a column without any value. */
export function emptyColumnProfile(bins: Bins): ColumnProfile {
  const counts = new Array<number>(binCount(bins)).fill(0);
  return bins.layout === 'categorical'
    ? { n: 0, missing: 0, counts, unseen: [] }
    : { n: 0, missing: 0, counts, sums: [...counts] };
}
