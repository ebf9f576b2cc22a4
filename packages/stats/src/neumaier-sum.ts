/**
 * Compensated sum (Neumaier's variant of Kahan summation): error independent of the number of terms.
 * 0 for no terms; `undefined` when the sum is not finite.
 */
export function neumaierSum(values: ArrayLike<number>): number | undefined {
  let sum = 0;
  let compensation = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    const next = sum + value;
    compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  const total = sum + compensation;
  return Number.isFinite(total) ? total : undefined;
}
