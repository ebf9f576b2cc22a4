import { normalCdf } from './normal-cdf.ts';

export interface ZResult {
  statistic: number;
  /** Two-sided. */
  pValue: number;
}

/**
 * Pooled two-proportion z test, z = (p₁−p₂)/√(P(1−P)(1/n₁+1/n₂)), two-sided.
 * When no row or every row of both sides is a success, z is 0 and p is 1.
 * `undefined` when a side is empty or has successes outside [0, n].
 */
export function twoProportionZ(
  successes1: number,
  n1: number,
  successes2: number,
  n2: number,
): ZResult | undefined {
  if (!isProportion(successes1, n1) || !isProportion(successes2, n2)) return undefined;
  const pooled = (successes1 + successes2) / (n1 + n2);
  if (pooled === 0 || pooled === 1) return { statistic: 0, pValue: 1 };
  const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
  const statistic = (successes1 / n1 - successes2 / n2) / standardError;
  return { statistic, pValue: Math.min(1, 2 * (normalCdf(-Math.abs(statistic)) ?? 0.5)) };
}

function isProportion(successes: number, n: number): boolean {
  return n > 0 && Number.isFinite(n) && successes >= 0 && successes <= n;
}
