import { quantileSorted } from './quantile-sorted.ts';

/**
 * Ascending unique edges of up to `bins` bins of equal frequency: the type 7 quantiles 0, 1/bins, … 1 of
 * ascending finite values, repeated ones removed.
 * `undefined` when there are no values, fewer than two distinct edges (a constant column) or bins < 1.
 */
export function quantileEdges(sorted: Float64Array, bins: number): Float64Array | undefined {
  const edges: number[] = [];
  for (let i = 0; i <= bins; i++) {
    const edge = quantileSorted(sorted, i / bins);
    const previous = edges.at(-1);
    if (edge !== undefined && (previous === undefined || edge > previous)) edges.push(edge);
  }
  return edges.length >= 2 ? Float64Array.from(edges) : undefined;
}
