import { fisherExact } from './fisher-exact.ts';
import { twoProportionZ } from './two-proportion-z.ts';

/** Below this expected count of a cell the normal approximation is not relied on (Cochran's rule). */
const leastExpected = 5;

/**
 * Two-sided p-value that two proportions are equal: Fisher's exact test when a cell of the 2 × 2 table is expected to
 * hold fewer than 5 rows, else the pooled z test. `undefined` when a side is empty or has successes outside [0, n].
 */
export function twoProportionP(
  successes1: number,
  n1: number,
  successes2: number,
  n2: number,
): number | undefined {
  const rarer = Math.min(successes1 + successes2, n1 + n2 - successes1 - successes2);
  const expected = (rarer * Math.min(n1, n2)) / (n1 + n2);
  if (expected < leastExpected) return fisherExact(successes1, n1, successes2, n2);
  return twoProportionZ(successes1, n1, successes2, n2)?.pValue;
}
