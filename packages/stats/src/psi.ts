import type { Counts } from './counts.ts';
import { pairedProportions } from './paired-proportions.ts';

/**
 * Population stability index, Σ(p−q)·ln(p/q), natural log, range [0, ∞).
 *
 * Each side is smoothed by adding `smoothing` (default ½) to every bin, so an empty bin cannot make the
 * index infinite: p = (r+½)/(N+½B). Pass 0 for probabilities or for the unsmoothed index.
 * Under no drift its mean is about (B−1)(1/N_reference + 1/N_current).
 *
 * `undefined` when a side is empty, or without smoothing when only one side of a bin is empty.
 * Source: Yurdakul & Naranjo (2020), "Statistical properties of the population stability index".
 */
export function psi(reference: Counts, current: Counts, smoothing = 0.5): number | undefined {
  const pair = pairedProportions(reference, current, smoothing);
  if (!pair) return undefined;
  let index = 0;
  for (let i = 0; i < pair.p.length; i++) {
    const p = pair.p[i] ?? 0;
    const q = pair.q[i] ?? 0;
    if (p !== q) index += (p - q) * Math.log(p / q);
  }
  return Number.isFinite(index) ? index : undefined;
}
