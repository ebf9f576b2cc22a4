import type { Interval } from './intervals.ts';

const z = 1.959963984540054;

/**
 * Standard error of a score of cells of equal rows: the root of Σ count · (∂score ÷ ∂count)², derivatives by differences
 * of the fourth order.
 */
export function jackknifeError(counts: readonly number[], score: (counts: Float64Array) => number): number {
  const moved = Float64Array.from(counts);
  let variance = 0;
  counts.forEach((count, cell) => {
    if (count === 0) return;
    const step = count * 1e-3;
    const at = (by: number) => {
      moved[cell] = count + by;
      return score(moved);
    };
    const slope = (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
    moved[cell] = count;
    variance += count * slope * slope;
  });
  return Math.sqrt(variance);
}

/** value ± z errors inside a range; none without an error. */
export function normalInterval(value: number, error: number, min: number, max: number): Partial<Interval> {
  if (error < 1e-9) return {};
  return { lower: Math.max(min, value - z * error), upper: Math.min(max, value + z * error) };
}

export function logInterval(value: number, error: number): Interval {
  const centre = Math.log(value);
  return { lower: Math.exp(centre - (z * error) / value), upper: Math.exp(centre + (z * error) / value) };
}

export function logitInterval(value: number, error: number): Partial<Interval> {
  if (value <= 0 || value >= 1) return {};
  const odds = value / (1 - value);
  const factor = Math.exp((z * error) / (value * (1 - value)));
  return { lower: odds / factor / (1 + odds / factor), upper: (odds * factor) / (1 + odds * factor) };
}
