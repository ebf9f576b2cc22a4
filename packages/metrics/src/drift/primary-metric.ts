import type { BinSetColumn } from '@plumbline/contracts';

/** What decides whether a column drifted: the effect, and the test that must not find it a matter of chance. */
export interface PrimaryMetric {
  metric: string;
  test: string;
}

/**
 * Numeric columns: the Wasserstein distance and the Kolmogorov–Smirnov test. Categories, and numeric columns
 * that were constant in the reference, have no scale: the Jensen–Shannon distance and the χ² test.
 */
export function primaryMetric({ kind, bins }: BinSetColumn): PrimaryMetric {
  return kind === 'numeric' && bins.layout !== 'constant' && bins.layout !== 'categorical'
    ? { metric: 'wasserstein_normed', test: 'ks' }
    : { metric: 'js_distance', test: 'chi_square' };
}
