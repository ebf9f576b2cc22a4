/**
 * Edges of equal-width bins by Doane's rule as numpy's `histogram_bin_edges(values, 'doane')` gives them: from the least
 * to the greatest value, ⌈range / width⌉ bins of width range / (1 + log₂n + log₂(1 + |g₁|/σ)), where g₁ is the skewness
 * (population moments) and σ = √(6(n−2)/((n+1)(n+3))). Fewer than three values, or equal ones, make one bin; equal
 * values v are put into [v−½, v+½].
 *
 * `undefined` when there are no values or one is not finite.
 * Sources: Doane (1976), "Aesthetic frequency classifications"; numpy 2.4, `lib/_histograms_impl.py`.
 */
export function doaneEdges(values: readonly number[] | Float64Array): Float64Array | undefined {
  const n = values.length;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const x of values) {
    if (!Number.isFinite(x)) return undefined;
    min = Math.min(min, x);
    max = Math.max(max, x);
    sum += x;
  }
  if (n === 0) return undefined;
  const bins = n > 2 && max > min ? Math.max(1, Math.ceil(doaneCount(values, sum / n))) : 1;
  const [first, last] = max > min ? [min, max] : [min - 0.5, max + 0.5];
  const step = (last - first) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? last : first + i * step));
}

/** Range over width, which does not depend on the range. */
function doaneCount(values: readonly number[] | Float64Array, mean: number): number {
  const n = values.length;
  let squares = 0;
  for (const x of values) squares += (x - mean) ** 2;
  const deviation = Math.sqrt(squares / n);
  let cubes = 0;
  for (const x of values) cubes += ((x - mean) / deviation) ** 3;
  const skewness = Math.abs(cubes / n);
  const error = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  return 1 + Math.log2(n) + Math.log2(1 + skewness / error);
}
