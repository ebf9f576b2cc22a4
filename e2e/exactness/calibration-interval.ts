import type { Interval } from './intervals.ts';
import { chiSquareTail } from './p-values.ts';

const z = 1.959963984540054;

/** A group of rows by score: how many, how many of them positive, and the sum of their scores. */
export interface ScoreGroup {
  n: number;
  positives: number;
  scores: number;
}

/** P(|N(0, 1)| < x). */
const inside = (x: number) => (x === 0 ? 0 : 1 - chiSquareTail(x * x, 1));

/**
 * The true errors t under which Σ|N(t·share, deviation)| does not make the observed error a surprise, found by Newton-free
 * halving of a bracket that is doubled until it holds the root.
 */
export function calibrationInterval(groups: readonly ScoreGroup[]): Interval {
  const total = groups.reduce((sum, { n }) => sum + n, 0);
  const rows = groups.map(({ n, positives, scores }) => {
    const rate = (positives + 0.5) / (n + 1);
    return { n, gap: Math.abs(positives - scores) / total, variance: (n * rate * (1 - rate)) / total ** 2 };
  });
  const value = rows.reduce((sum, { gap }) => sum + gap, 0);
  const squares = rows.reduce((sum, { n, gap }) => sum + (gap * gap * total) / n, 0);
  const surprise = (t: number, reach: number) => {
    let mean = 0;
    let variance = (Math.max(0, squares - value * value) * (t / value) ** 2) / total;
    for (const row of rows) {
      const shift = (t * row.gap) / value;
      const folded =
        Math.sqrt((2 * row.variance) / Math.PI) * Math.exp(-(shift * shift) / (2 * row.variance)) +
        shift * inside(shift / Math.sqrt(row.variance));
      mean += folded;
      variance += Math.max(0, shift * shift + row.variance - folded * folded);
    }
    return value - mean - reach * Math.sqrt(variance);
  };
  const root = (reach: number) => {
    if (surprise(0, reach) <= 0) return 0;
    let high = value;
    while (surprise(high, reach) > 0) high *= 2;
    let low = 0;
    for (let i = 0; i < 200; i++) {
      const middle = (low + high) / 2;
      if (surprise(middle, reach) > 0) low = middle;
      else high = middle;
    }
    return low;
  };
  return { lower: Math.min(value, root(z)), upper: Math.max(value, root(-z)) };
}
