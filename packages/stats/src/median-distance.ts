/**
 * The lower median of |xᵢ − xⱼ| over all pairs i < j of ascending finite values, without forming the pairs; `undefined` of
 * fewer than two, and when the range is not finite.
 */
export function medianDistance(sorted: Float64Array): number | undefined {
  const n = sorted.length;
  if (n < 2) return undefined;
  const wanted = Math.floor(((n * (n - 1)) / 2 - 1) / 2) + 1;
  if (closePairs(sorted, 0) >= wanted) return 0;
  let low = 0;
  let high = (sorted[n - 1] ?? 0) - (sorted[0] ?? 0);
  if (high === Infinity) return undefined;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (closePairs(sorted, middle) >= wanted) high = middle;
    else low = middle;
  }
}

/** Pairs at most `distance` apart. */
function closePairs(sorted: Float64Array, distance: number): number {
  let pairs = 0;
  let from = 0;
  for (let i = 0; i < sorted.length; i++) {
    while ((sorted[i] ?? 0) - (sorted[from] ?? 0) > distance) from += 1;
    pairs += i - from;
  }
  return pairs;
}
