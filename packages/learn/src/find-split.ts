import { type Histogram, histogramStride } from './histogram.ts';

/** Sums over the rows of one node. */
export interface NodeTotals {
  gradient: number;
  hessian: number;
  rows: number;
}

export interface Split {
  feature: number;
  /** Rows with this bin or a lower one go left. */
  bin: number;
  missingLeft: boolean;
  gain: number;
}

export interface SplitLimits {
  leastRows: number;
  leastHessian: number;
  l2: number;
}

const weight = (gradient: number, hessian: number, l2: number) => gradient ** 2 / (hessian + l2);

/**
 * The split with the largest gain G²ₗ/(Hₗ+λ) + G²ᵣ/(Hᵣ+λ) − G²/(H+λ) over all features, bins and both sides for
 * missing values; undefined when none gains and leaves both sides large enough. Ties go to the first feature and
 * the lowest bin. Where a node has no missing values, later ones follow the larger side.
 */
export function findSplit(
  histogram: Histogram,
  missing: readonly number[],
  totals: NodeTotals,
  { leastRows, leastHessian, l2 }: SplitLimits,
): Split | undefined {
  const whole = weight(totals.gradient, totals.hessian, l2);
  let best: Split | undefined;
  missing.forEach((missingBin, feature) => {
    const at = feature * histogramStride;
    const missingRows = histogram.rows[at + missingBin] ?? 0;
    for (const missingLeft of missingRows > 0 ? [false, true] : [false]) {
      let gradient = missingLeft ? (histogram.gradient[at + missingBin] ?? 0) : 0;
      let hessian = missingLeft ? (histogram.hessian[at + missingBin] ?? 0) : 0;
      let rows = missingLeft ? missingRows : 0;
      for (let bin = 0; bin < missingBin; bin++) {
        const inBin = histogram.rows[at + bin] as number;
        if (inBin === 0) continue;
        gradient += histogram.gradient[at + bin] as number;
        hessian += histogram.hessian[at + bin] as number;
        rows += inBin;
        if (rows < leastRows || hessian < leastHessian) continue;
        if (totals.rows - rows < leastRows || totals.hessian - hessian < leastHessian) break;
        const gain =
          weight(gradient, hessian, l2) +
          weight(totals.gradient - gradient, totals.hessian - hessian, l2) -
          whole;
        if (gain > (best?.gain ?? 1e-10))
          best = {
            feature,
            bin,
            missingLeft: missingRows > 0 ? missingLeft : rows > totals.rows - rows,
            gain,
          };
      }
    }
  });
  return best;
}
