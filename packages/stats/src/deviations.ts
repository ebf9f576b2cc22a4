/**
 * Deviations from the mean. They are taken from the first value before, so that values that are all equal deviate by
 * exactly 0, and digits that values share are not lost.
 */
export function deviations(values: Float64Array): Float64Array {
  const [origin = 0] = values;
  const mean = values.reduce((sum, value) => sum + (value - origin), 0) / values.length;
  return values.map((value) => value - origin - mean);
}
