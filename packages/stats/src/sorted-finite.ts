/** The finite values, ascending. NaN and ±Infinity are dropped. */
export function sortedFinite(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).filter(Number.isFinite).sort();
}
