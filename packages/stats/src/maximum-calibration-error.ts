import type { CalibrationBin } from './calibration-bins.ts';

/**
 * Largest |positive rate − mean score| of any bin of a reliability table.
 * `undefined` when the table is empty.
 */
export function maximumCalibrationError(
  bins: readonly Pick<CalibrationBin, 'meanScore' | 'positiveRate'>[],
): number | undefined {
  if (bins.length === 0) return undefined;
  return Math.max(...bins.map((bin) => Math.abs(bin.positiveRate - bin.meanScore)));
}
