export interface Interval {
  lower: number;
  upper: number;
}

const z = 1.959963984540054;

/** Wilson's interval: the roots of (p − k/n)² = z² p(1 − p)/n. */
export function wilson(successes: number, n: number): Interval {
  const a = n + z * z;
  const b = 2 * successes + z * z;
  const root = Math.sqrt(b * b - (4 * a * successes * successes) / n);
  return { lower: Math.max(0, (b - root) / (2 * a)), upper: Math.min(1, (b + root) / (2 * a)) };
}

/**
 * DeLong's, uncut: the variance of each row's share of the other class that is on its right side, in all pairs of a
 * positive and a negative.
 */
export function delongReach(scores: readonly number[], isPositive: readonly boolean[]): number {
  const side = (wanted: boolean) => scores.filter((_, row) => isPositive[row] === wanted);
  const tally = (values: readonly number[]) => {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts];
  };
  const won = (above: number, below: number) => (above > below ? 1 : above === below ? 0.5 : 0);
  const [positives, negatives] = [tally(side(true)), tally(side(false))];
  const errorOf = (
    rows: readonly (readonly [number, number])[],
    others: readonly (readonly [number, number])[],
    wins: (row: number, other: number) => number,
  ) => {
    const total = others.reduce((sum, [, count]) => sum + count, 0);
    const shares = rows.flatMap(([row, count]) => {
      const share = others.reduce((sum, [other, many]) => sum + many * wins(row, other), 0) / total;
      return Array.from({ length: count }, () => share);
    });
    const { lower, upper } = meanInterval(Float64Array.from(shares));
    return ((upper - lower) / 2) ** 2;
  };
  return Math.sqrt(
    errorOf(positives, negatives, won) + errorOf(negatives, positives, (row, other) => won(other, row)),
  );
}

/** Mean ± z standard errors. */
export function meanInterval(values: Float64Array): Interval {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const reach = z * Math.sqrt(squares / (values.length - 1) / values.length);
  return { lower: mean - reach, upper: mean + reach };
}
