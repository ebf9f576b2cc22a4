import { chiSquareSurvival } from './chi-square-survival.ts';
import type { Counts } from './counts.ts';
import { poolRareColumns } from './pool-rare-columns.ts';
import { requireSameLength } from './require-same-length.ts';
import { totalCount } from './total-count.ts';

export interface ChiSquareResult {
  statistic: number;
  df: number;
  /** Probability of a statistic at least this large when both rows share one distribution. */
  pValue: number;
}

/**
 * Pearson χ² test of a 2×K contingency table (reference row, current row), without Yates' correction.
 *
 * Both rows are treated as samples, unlike the goodness-of-fit form that takes the reference as exact and
 * so understates p. All-zero columns are dropped; columns with an expected count below 5 are pooled into
 * one, which takes in the smallest other column while it is still below 5. df = K′−1 of the K′ columns left.
 * A table of one column gives statistic 0 and p 1.
 *
 * `undefined` when a row is empty, or when pooling leaves one of several columns: too few rows to test.
 * Throws RangeError when the rows have different bin numbers.
 */
export function chiSquare(reference: Counts, current: Counts): ChiSquareResult | undefined {
  requireSameLength(reference, current);
  const referenceTotal = totalCount(reference);
  const currentTotal = totalCount(current);
  if (referenceTotal === undefined || currentTotal === undefined) return undefined;
  const columns = poolRareColumns(reference, current);
  const df = columns.length - 1;
  if (df < 1) return isSpread(reference, current) ? undefined : { statistic: 0, df: 0, pValue: 1 };

  const grandTotal = referenceTotal + currentTotal;
  let statistic = 0;
  for (const column of columns) {
    const share = (column.reference + column.current) / grandTotal;
    const referenceExpected = share * referenceTotal;
    const currentExpected = share * currentTotal;
    statistic += (column.reference - referenceExpected) ** 2 / referenceExpected;
    statistic += (column.current - currentExpected) ** 2 / currentExpected;
  }
  return { statistic, df, pValue: chiSquareSurvival(statistic, df) ?? 1 };
}

function isSpread(reference: Counts, current: Counts): boolean {
  let occupied = 0;
  for (let i = 0; i < reference.length; i++) if ((reference[i] ?? 0) + (current[i] ?? 0) > 0) occupied += 1;
  return occupied > 1;
}
