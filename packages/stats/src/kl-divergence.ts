import type { Counts } from './counts.ts';
import { pairedProportions } from './paired-proportions.ts';

/**
 * Kullback–Leibler divergence of the current from the reference distribution, Σp·ln(p/q) with p the
 * reference, natural log, range [0, ∞). Not symmetric.
 *
 * Smoothed like {@link psi}: `smoothing` (default ½) is added to every bin on both sides.
 * `undefined` when a side is empty, or without smoothing when the current side lacks a reference bin.
 */
export function klDivergence(reference: Counts, current: Counts, smoothing = 0.5): number | undefined {
  const pair = pairedProportions(reference, current, smoothing);
  if (!pair) return undefined;
  let divergence = 0;
  for (let i = 0; i < pair.p.length; i++) {
    const p = pair.p[i] ?? 0;
    const q = pair.q[i] ?? 0;
    if (p > 0) divergence += p * Math.log(p / q);
  }
  return Number.isFinite(divergence) ? Math.max(0, divergence) : undefined;
}
