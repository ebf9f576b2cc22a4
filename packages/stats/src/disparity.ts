export interface Disparity {
  /** Between groups: largest − smallest value. To the overall value: largest distance from it. */
  difference: number;
  /** Between groups: smallest ÷ largest value. To the overall value: smallest ratio to it, turned over where above 1. */
  ratio: number | undefined;
}

/**
 * How far values of groups lie apart. Groups without a value do not count, unlike in fairlearn, where a rate of 0 ÷ 0
 * counts as 0. The ratio is `undefined` when a value is negative or all are 0.
 * `undefined` with fewer than two values.
 * Source: fairlearn `MetricFrame.difference` and `ratio`, `between_groups`.
 */
export function disparityBetween(values: readonly (number | undefined)[]): Disparity | undefined {
  const known = values.filter(isKnown);
  if (known.length < 2) return undefined;
  const highest = Math.max(...known);
  const lowest = Math.min(...known);
  return { difference: highest - lowest, ratio: ratioOf(lowest, highest) };
}

/**
 * How far values of groups lie from the value of all rows together. Groups without a value do not count.
 * `undefined` without a value of a group or of all.
 * Source: fairlearn `MetricFrame.difference` and `ratio`, `to_overall`.
 */
export function disparityToOverall(
  values: readonly (number | undefined)[],
  overall: number | undefined,
): Disparity | undefined {
  const known = values.filter(isKnown);
  if (known.length === 0 || !isKnown(overall)) return undefined;
  const ratios = known.map((value) => ratioOf(Math.min(value, overall), Math.max(value, overall)));
  const whole = ratios.filter((ratio) => ratio !== undefined);
  return {
    difference: Math.max(...known.map((value) => Math.abs(value - overall))),
    ratio: whole.length === ratios.length ? Math.min(...whole) : undefined,
  };
}

function ratioOf(lower: number, higher: number): number | undefined {
  return lower >= 0 && higher > 0 ? lower / higher : undefined;
}

function isKnown(value: number | undefined): value is number {
  return Number.isFinite(value);
}
