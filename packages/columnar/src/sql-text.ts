/** A value as a VARCHAR literal. Only for names and paths that no parameter can carry; values go through {@link createParams}. */
export function textLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A finite number as an exact DOUBLE literal: without an exponent DuckDB would read a DECIMAL. */
export function doubleLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`expected a finite number, got ${value}`);
  return value < 0 ? `(${value.toExponential()})` : value.toExponential();
}

/** Epoch milliseconds as a BIGINT literal. */
export function msLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`expected epoch milliseconds, got ${value}`);
  return `${Math.ceil(value)}::BIGINT`;
}

/** `x` cut to [low, high]; NULL stays NULL, which `least` and `greatest` would pass over. */
export function clampSql(x: string, low: string, high: string): string {
  return `CASE WHEN ${x} < ${low} THEN ${low} WHEN ${x} > ${high} THEN ${high} ELSE ${x} END`;
}

/** Magnitudes are cut here in sums and moments, so that one absurd value cannot overflow a square. */
const largestMagnitude = 1e150;

/** `x` cut to magnitudes whose squares can be summed. */
export function summableSql(x: string): string {
  return clampSql(x, doubleLiteral(-largestMagnitude), doubleLiteral(largestMagnitude));
}
