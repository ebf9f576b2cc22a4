import { deviations } from './deviations.ts';
import { requireSameLength } from './require-same-length.ts';

/**
 * Pearson's correlation of pairs: their covariance ÷ both standard deviations, in [−1, 1]; of average ranks it is
 * Spearman's.
 *
 * `undefined` when either side does not vary (or the pairs are none), or its squares are no finite number. Throws RangeError for unequal lengths.
 */
export function pearsonCorrelation(x: Float64Array, y: Float64Array): number | undefined {
  requireSameLength(x, y);
  const [dx, dy] = [deviations(x), deviations(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [dx[i] ?? 0, dy[i] ?? 0];
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  if (!(xx > 0 && yy > 0)) return undefined;
  const value = xy / Math.sqrt(xx) / Math.sqrt(yy);
  return Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : undefined;
}
