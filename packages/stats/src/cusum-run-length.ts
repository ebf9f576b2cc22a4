/** What a discrete sum goes beyond its limit by, on average, in standard deviations. */
const overshoot = 1.166;

/**
 * Average number of values until a {@link cusum} alarms on independent standard normal values; with `sides` = 2 two
 * of them, for rises and falls. Siegmund's approximation, within 2 % of the exact one for limits from 3 on with a slack
 * of 0.5.
 *
 * `slack` > 0 and `limit` > 0; `undefined` otherwise.
 * Source: Siegmund (1985), "Sequential Analysis", as in Montgomery, "Introduction to Statistical Quality Control".
 */
export function cusumRunLength({
  slack,
  limit,
  sides,
}: {
  slack: number;
  limit: number;
  sides: 1 | 2;
}): number | undefined {
  if (!(slack > 0 && limit > 0)) return undefined;
  const exponent = 2 * slack * (limit + overshoot);
  const length = (Math.expm1(exponent) - exponent) / (2 * slack * slack * sides);
  return Number.isFinite(length) ? length : undefined;
}
