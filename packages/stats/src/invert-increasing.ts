/**
 * Where an increasing function reaches `target`: bisection between `low` and `high`, which must enclose it, down to
 * the precision of the numbers.
 */
export function invertIncreasing(
  f: (x: number) => number,
  target: number,
  { low, high }: { low: number; high: number },
): number {
  let [below, above] = [low, high];
  for (let i = 0; i < 200; i++) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) break;
    if (f(middle) < target) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}
