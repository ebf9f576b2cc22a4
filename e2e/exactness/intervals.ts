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

/** Cut at `most`. */
export function hanleyMcNeil(area: number, positives: number, negatives: number, most = 1): Interval {
  const q1 = area / (2 - area) - area * area;
  const q2 = (2 * area * area) / (1 + area) - area * area;
  const variance =
    (area * (1 - area) + (positives - 1) * q1 + (negatives - 1) * q2) / (positives * negatives);
  const reach = z * Math.sqrt(variance);
  return { lower: Math.max(0, area - reach), upper: Math.min(most, area + reach) };
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
