import type { BinSetColumn, Dimension, FilterScalar } from '@plumbline/contracts';

const mostGroups = 10;
const mostValues = 20;

/** The dimension of a feature's bins: numbers in at most 10 groups of neighbouring bins, the 20 most frequent values otherwise. */
export function dimensionOf({ column, kind, bins }: BinSetColumn): Dimension {
  switch (bins.layout) {
    case 'numeric':
      return { field: column, levels: { cuts: cutsOf(bins.edges) } };
    case 'discrete':
      return { field: column, levels: { values: bins.values.slice(0, mostValues) } };
    case 'constant':
      return { field: column, levels: { values: [bins.value] } };
    case 'categorical':
      return kind === 'boolean'
        ? { field: column, levels: { values: [true, false] } }
        : valuesDimension(column, bins.values);
  }
}

/** A dimension of the first 20 of these values. */
export const valuesDimension = (field: string, values: readonly FilterScalar[]): Dimension => ({
  field,
  levels: { values: values.slice(0, mostValues) },
});

/** Everything in one level, for what a metric is as a whole. */
export const wholeDimension: Dimension = { field: 'model_version', levels: { values: [] } };

/** Inner edges, so many that at most 10 groups of about as many bins come about; the outer ones are open. */
function cutsOf(edges: readonly number[]): number[] {
  const bins = edges.length - 1;
  const groups = Math.min(mostGroups, bins);
  return Array.from(
    { length: Math.max(0, groups - 1) },
    (_, i) => edges[Math.round(((i + 1) * bins) / groups)] ?? 0,
  );
}
