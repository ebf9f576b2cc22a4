import { around, type Direction, fewestValues, type Limits, spreadOf, withoutLimits } from './limits.ts';

/**
 * Mean ± k standard deviations of past values, and no narrower than k standard errors of the value itself, so that a
 * small window among large ones is not held to their steadiness. `learning` for fewer than six values.
 */
export function sigmaLimits(input: {
  past: readonly number[];
  k: number;
  /** Standard error of the window's own value; null = not known. */
  standardError: number | null;
  direction: Direction;
}): Limits {
  const { past, k, standardError, direction } = input;
  const spread = past.length < fewestValues ? null : spreadOf(past);
  if (!spread) return withoutLimits('learning');
  return around(spread.mean, k * Math.max(spread.deviation, standardError ?? 0), direction);
}
