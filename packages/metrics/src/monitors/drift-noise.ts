import type { BinSetColumn, ColumnProfile } from '@plumbline/contracts';
import { normalQuantile } from '@plumbline/stats';
import { distanceCounts } from '../drift/distance-counts.ts';
import { primaryMetric } from '../drift/primary-metric.ts';

const confidence = 0.99;

/** 99 % quantile of the distance over √(1/N_reference + 1/N_current), measured on samples of one normal distribution. */
const wassersteinFactor = 2.6;

/** Excess of the true 99 % quantile per bin and row, measured at 2 to 20 rows a bin. */
const sparsityFactor = 0.35;

/**
 * What the primary distance of a column stays below in 99 of 100 windows of `n` values in which nothing
 * drifted. The squared Jensen–Shannon distance times 8·ln 2 follows χ² with one degree of freedom less than
 * bins, in units of 1/N_reference + 1/N_current; with few rows a bin it runs higher, by a measured factor.
 */
export function driftNoise(column: BinSetColumn, reference: ColumnProfile, n: number): number {
  const scale = 1 / Math.max(1, reference.n) + 1 / n;
  if (primaryMetric(column).metric === 'wasserstein_normed') return wassersteinFactor * Math.sqrt(scale);
  const occupied = distanceCounts(column.bins, reference.counts).filter((count) => count > 0).length;
  const sparsity = 1 + sparsityFactor * occupied * scale;
  return sparsity * Math.sqrt((scale * chiSquareQuantile(Math.max(1, occupied - 1))) / (8 * Math.LN2));
}

/** Wilson & Hilferty's approximation. */
function chiSquareQuantile(df: number): number {
  const spread = 2 / (9 * df);
  return df * (1 - spread + (normalQuantile(confidence) ?? 0) * Math.sqrt(spread)) ** 3;
}
