import type { ChiSquareResult } from './chi-square.ts';
import { chiSquareSurvival } from './chi-square-survival.ts';
import type { Counts } from './counts.ts';
import { poolRareColumns } from './pool-rare-columns.ts';
import { requireSameLength } from './require-same-length.ts';

/**
 * G-test (likelihood-ratio test) of a 2×K contingency table, 2Σ observed·ln(observed/expected), without correction.
 * Columns with an expected count below 5 are pooled as in the χ² test. G is twice the number of rows times the
 * Jensen–Shannon divergence that weighs the sides by their rows.
 *
 * `undefined` when a row is empty or fewer than two columns are left. Throws RangeError when the rows have different
 * bin numbers.
 * Source: Woolf (1957), "The log likelihood ratio test".
 */
export function gTest(reference: Counts, current: Counts): ChiSquareResult | undefined {
  requireSameLength(reference, current);
  const columns = poolRareColumns(reference, current);
  const df = columns.length - 1;
  const totals = { reference: 0, current: 0 };
  for (const column of columns) {
    totals.reference += column.reference;
    totals.current += column.current;
  }
  if (df < 1 || !(totals.reference > 0) || !(totals.current > 0)) return undefined;
  let sum = 0;
  for (const column of columns) {
    const share = (column.reference + column.current) / (totals.reference + totals.current);
    for (const side of ['reference', 'current'] as const)
      if (column[side] > 0) sum += column[side] * Math.log(column[side] / (share * totals[side]));
  }
  const statistic = Math.max(0, 2 * sum);
  return { statistic, df, pValue: chiSquareSurvival(statistic, df) ?? 1 };
}
