import type { Bins } from '@plumbline/contracts';
import { doubleLiteral } from './sql-text.ts';

export type NumericBins = Exclude<Bins, { layout: 'categorical' }>;

/** Length of the `counts` of a column with these bins. */
export function binCount(bins: Bins): number {
  switch (bins.layout) {
    case 'numeric':
      return bins.edges.length + 1;
    case 'discrete':
      return bins.values.length + 1;
    case 'categorical':
      return bins.values.length + 2;
    case 'constant':
      return 2;
  }
}

/** Position of the finite DOUBLE `x` in the counts of the bins; `numeric` follows `binIndex` of `@plumbline/stats`. */
export function numericBinSql(bins: NumericBins, x: string): string {
  if (bins.layout === 'constant') return `CASE WHEN ${x} = ${doubleLiteral(bins.value)} THEN 0 ELSE 1 END`;
  if (bins.layout === 'discrete') {
    const cases = bins.values.map((value, i) => `WHEN ${doubleLiteral(value)} THEN ${i}`);
    return `CASE ${x} ${cases.join(' ')} ELSE ${bins.values.length} END`;
  }
  const { edges } = bins;
  const last = edges.length - 1;
  const highest = edges[last];
  if (highest === undefined) return '0';
  const search = (low: number, high: number): string => {
    const middle = (low + high) >>> 1;
    const edge = edges[middle];
    if (low === high || edge === undefined) return String(low);
    return `CASE WHEN ${x} >= ${doubleLiteral(edge)} THEN ${search(middle + 1, high)} ELSE ${search(low, middle)} END`;
  };
  return `CASE WHEN ${x} > ${doubleLiteral(highest)} THEN ${last + 1} ELSE ${search(0, last)} END`;
}
