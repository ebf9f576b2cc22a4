import type { CalibrationBin } from './calibration-bins.ts';

/**
 * Expected calibration error Σ(n_b/n)·|positive rate − mean score| of a reliability table, range [0, 1] for
 * probabilities. `undefined` when the table holds no rows.
 */
export function expectedCalibrationError(
  bins: readonly Pick<CalibrationBin, 'count' | 'meanScore' | 'positiveRate'>[],
): number | undefined {
  let count = 0;
  let weighted = 0;
  for (const bin of bins) {
    count += bin.count;
    weighted += bin.count * Math.abs(bin.positiveRate - bin.meanScore);
  }
  return count > 0 ? weighted / count : undefined;
}
