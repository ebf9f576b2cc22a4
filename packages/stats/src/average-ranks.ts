/** Ranks from 1 in the order of the values; equal values share the mean of their ranks. Values are not NaN. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    const value = values[order[first] ?? 0];
    let end = first + 1;
    while (end < order.length && values[order[end] ?? 0] === value) end += 1;
    const rank = (first + 1 + end) / 2;
    for (let i = first; i < end; i++) ranks[order[i] ?? 0] = rank;
    first = end;
  }
  return ranks;
}
