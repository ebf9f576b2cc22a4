/** Mean and sample standard deviation (n − 1); the deviation of fewer than two values is 0. */
export function meanAndDeviation(values: ArrayLike<number>): { mean: number; deviation: number } {
  const all = Array.from(values);
  if (all.length === 0) return { mean: 0, deviation: 0 };
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const squares = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: all.length < 2 ? 0 : Math.sqrt(squares / (all.length - 1)) };
}
