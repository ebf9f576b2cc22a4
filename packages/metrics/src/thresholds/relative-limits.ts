import { around, type Direction, type Limits, withoutLimits } from './limits.ts';

/** Baselines closer to 0 have no percentages. */
const smallestBaseline = 1e-9;

/**
 * `baseline` ± `change`·|baseline|, `change` a fraction (0.1 = 10 %). `learning` without a baseline, `not_applicable`
 * when it is 0.
 */
export function relativeLimits(input: {
  baseline: number | null;
  change: number;
  direction: Direction;
}): Limits {
  const { baseline, change, direction } = input;
  if (baseline === null) return withoutLimits('learning');
  if (!(Math.abs(baseline) > smallestBaseline)) return withoutLimits('not_applicable');
  return around(baseline, change * Math.abs(baseline), direction);
}
