import type { ChiSquareResult } from './chi-square.ts';
import { chiSquareSurvival } from './chi-square-survival.ts';
import type { Counts } from './counts.ts';
import { requireSameLength } from './require-same-length.ts';
import { totalCount } from './total-count.ts';

/**
 * Pearson χ² goodness-of-fit test of the current counts against the reference shares, Σ(o−e)²/e with
 * e = reference · n_current / n_reference and df = bins − 1.
 *
 * The reference is taken as exact, so p is too small when it is itself a sample of similar size; {@link chiSquare}
 * treats both sides as samples. A bin with rows that the reference does not expect makes the statistic infinite and p 0.
 *
 * `undefined` when a side is empty or fewer than two bins are occupied. Throws RangeError when the sides have
 * different bin numbers.
 * Source: scipy.stats.chisquare, as Evidently uses it.
 */
export function goodnessOfFit(reference: Counts, current: Counts): ChiSquareResult | undefined {
  requireSameLength(reference, current);
  const referenceTotal = totalCount(reference);
  const currentTotal = totalCount(current);
  if (referenceTotal === undefined || currentTotal === undefined) return undefined;
  let statistic = 0;
  let df = -1;
  for (let i = 0; i < reference.length; i++) {
    const observed = current[i] ?? 0;
    const expected = ((reference[i] ?? 0) * currentTotal) / referenceTotal;
    if (observed === 0 && expected === 0) continue;
    df += 1;
    statistic += (observed - expected) ** 2 / expected;
  }
  if (df < 1) return undefined;
  const pValue = Number.isFinite(statistic) ? (chiSquareSurvival(statistic, df) ?? 0) : 0;
  return { statistic, df, pValue };
}
