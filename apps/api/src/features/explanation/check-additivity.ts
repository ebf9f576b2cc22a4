/** On which scale base value and contributions add up to the score. */
type AdditiveScale = 'score' | 'log_odds';

export interface Additivity {
  additive: boolean;
  scale: AdditiveScale | null;
  /** Base value + Σ contributions. */
  total: number;
  /** total − score on the scale that fits, else on the score's own. */
  residual: number;
}

const logit = (p: number) => Math.log(p / (1 - p));

function fits(total: number, output: number, base: number): boolean {
  return Math.abs(total - output) <= Math.max(1e-3, 1e-2 * Math.abs(output - base));
}

/**
 * Whether posted attributions explain the score: |base + Σφ − f| ≤ max(1e-3, 1 % of |f − base|), on the score itself
 * or, for a probability strictly between 0 and 1, on its log odds.
 */
export function checkAdditivity(
  base: number,
  contributions: readonly number[],
  score: number,
  isProbability: boolean,
): Additivity {
  const total = contributions.reduce((sum, value) => sum + value, base);
  if (fits(total, score, base)) return { additive: true, scale: 'score', total, residual: total - score };
  if (isProbability && score > 0 && score < 1 && fits(total, logit(score), base)) {
    return { additive: true, scale: 'log_odds', total, residual: total - logit(score) };
  }
  return { additive: false, scale: null, total, residual: total - score };
}
