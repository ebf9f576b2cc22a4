/**
 * Mean + `factor` population standard deviations (n in the denominator) of `values`; a negative factor gives the lower
 * limit. The default threshold of NannyML (factor ±3). `undefined` without values.
 */
export function deviationLimit(values: readonly number[], factor: number): number | undefined {
  const n = values.length;
  if (n === 0) return undefined;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
  return mean + factor * Math.sqrt(variance);
}
