/** What a search for slices weighs and where it stops. */
export interface SliceLineScoring {
  /** Weight of the mean error against the size, in (0, 1]: near 1 finds small intense slices. */
  alpha: number;
  /** Fewest rows of a slice. */
  minSize: number;
  /** All rows. */
  rows: number;
  meanError: number;
}

export interface SliceSums {
  size: number;
  errorSum: number;
  maxError: number;
}

/** SliceLine's score α(ē_S/ē − 1) − (1 − α)(n/|S| − 1); above 0 = worse than average by more than its smallness costs. */
export function sliceLineScore(
  { alpha, rows, meanError }: SliceLineScoring,
  { size, errorSum }: { size: number; errorSum: number },
): number {
  return alpha * (errorSum / size / meanError - 1) - (1 - alpha) * (rows / size - 1);
}

/**
 * The greatest score a slice of at most these sums can have, taken at the sizes where the bound can peak: the least size,
 * the size at which the largest error can no longer be everybody's, and all of it.
 */
export function sliceLineBound(scoring: SliceLineScoring, { size, errorSum, maxError }: SliceSums): number {
  const { minSize } = scoring;
  const turning = Math.min(size, Math.max(minSize, errorSum / maxError));
  const at = (candidate: number) =>
    sliceLineScore(scoring, { size: candidate, errorSum: Math.min(candidate * maxError, errorSum) });
  return Math.max(at(minSize), at(turning), at(size));
}
