import type { Bins } from '@plumbline/contracts';

/** Length of the `counts` array of a column with these bins. */
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
