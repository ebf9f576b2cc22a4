import type { Counts } from './counts.ts';
import { pairedProportions } from './paired-proportions.ts';

/**
 * Jensen–Shannon distance in base 2, √(½KL(p‖m) + ½KL(q‖m)) with m = (p+q)/2. Range [0, 1], symmetric,
 * a metric. No smoothing: bins empty on one side are well defined. The natural-log form is √ln2 times this.
 *
 * Each bin is summed as m·(ln(1−t²) + 2t·artanh t), t = (p−q)/(p+q), which keeps full precision for
 * nearly equal distributions where the textbook form cancels.
 *
 * `undefined` when a side is empty.
 * Source: Endres & Schindelin (2003), "A new metric for probability distributions".
 */
export function jsDistance(reference: Counts, current: Counts): number | undefined {
  const pair = pairedProportions(reference, current);
  if (!pair) return undefined;
  let divergence = 0;
  for (let i = 0; i < pair.p.length; i++) {
    const p = pair.p[i] ?? 0;
    const q = pair.q[i] ?? 0;
    const m = (p + q) / 2;
    if (m > 0) divergence += m * pairedEntropyLoss((p - q) / (p + q));
  }
  return Math.min(1, Math.sqrt(divergence / 2 / Math.LN2));
}

function pairedEntropyLoss(t: number): number {
  if (Math.abs(t) === 1) return 2 * Math.LN2;
  return Math.log1p(-t * t) + 2 * t * Math.atanh(t);
}
