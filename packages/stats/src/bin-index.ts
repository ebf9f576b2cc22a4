/**
 * Position of `x` in the layout [below, bin_1 … bin_k, above] of k+1 ascending edges: 0 below the first
 * edge, 1…k inside, k+1 above the last. Bins are [lo, hi), the last one is closed, as in numpy.histogram.
 * `undefined` for a non-finite `x` or fewer than two edges.
 */
export function binIndex(edges: ArrayLike<number>, x: number): number | undefined {
  const last = edges.length - 1;
  if (last < 1 || !Number.isFinite(x)) return undefined;
  const highest = edges[last] ?? 0;
  if (x > highest) return last + 1;
  if (x === highest) return last;
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] ?? 0) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
