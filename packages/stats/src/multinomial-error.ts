import type { ConfusionMatrix } from './confusion-margins.ts';

/**
 * Standard error, by the delta method, of a smooth function of the cell shares of a confusion matrix whose n rows were
 * drawn independently: √((Σp·g² − (Σp·g)²)/n), g the derivative by each share. Adding the same number to every
 * derivative changes nothing. `undefined` when there are no rows or a derivative is not finite.
 */
export function multinomialError(
  counts: ConfusionMatrix,
  derivative: (actual: number, predicted: number) => number,
): number | undefined {
  let n = 0;
  let mean = 0;
  let m2 = 0;
  for (const [i, row] of counts.entries()) {
    for (const [j, count] of row.entries()) {
      if (count === 0) continue;
      const g = derivative(i, j);
      n += count;
      const delta = g - mean;
      mean += (delta * count) / n;
      m2 += count * delta * (g - mean);
    }
  }
  const error = Math.sqrt(Math.max(0, m2)) / n;
  return Number.isFinite(error) ? error : undefined;
}
