/**
 * Quantile of ascending values, type 7 (linear between order statistics: the rule of numpy, R and DuckDB's
 * quantile_cont). `undefined` when empty or when p is outside [0, 1].
 */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number | undefined {
  if (sorted.length === 0 || !(p >= 0 && p <= 1)) return undefined;
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const lower = sorted[below];
  const upper = sorted[Math.ceil(position)];
  if (lower === undefined || upper === undefined || lower === upper) return lower;
  const fraction = position - below;
  return fraction < 0.5 ? lower + (upper - lower) * fraction : upper - (upper - lower) * (1 - fraction);
}
