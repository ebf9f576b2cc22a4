import type { Counts } from './counts.ts';
import { histogramAveragePrecision } from './histogram-average-precision.ts';

/**
 * Standard error of {@link histogramAveragePrecision} by the infinitesimal jackknife: the root of the sum over rows of
 * the squared derivative of the value by the row's weight. `undefined` where the value is.
 * Source: Efron & Stein (1981), "The jackknife estimate of variance".
 */
export function averagePrecisionError(positives: Counts, negatives: Counts): number | undefined {
  const value = histogramAveragePrecision(positives, negatives)?.value;
  if (value === undefined) return undefined;
  const bins = positives.length;
  const precision = new Float64Array(bins);
  const gained = new Float64Array(bins);
  const lost = new Float64Array(bins);
  let found = 0;
  let wrong = 0;
  for (let i = bins - 1; i >= 0; i--) {
    const positive = positives[i] ?? 0;
    found += positive;
    wrong += negatives[i] ?? 0;
    const called = found + wrong;
    if (called === 0) continue;
    precision[i] = found / called;
    gained[i] = (positive * wrong) / (called * called);
    lost[i] = (positive * found) / (called * called);
  }
  let variance = 0;
  let gain = 0;
  let loss = 0;
  for (let i = 0; i < bins; i++) {
    gain += gained[i] ?? 0;
    loss += lost[i] ?? 0;
    variance += (positives[i] ?? 0) * ((precision[i] ?? 0) + gain - value) ** 2;
    variance += (negatives[i] ?? 0) * loss ** 2;
  }
  return Math.sqrt(variance) / found;
}
