import type { PerformanceAnswer } from '@plumbline/contracts';

type CalibrationBin = NonNullable<PerformanceAnswer['curves']['calibration']>[number];

export interface CalibrationRow {
  score: number;
  rate: number;
  interval: [lower: number, upper: number] | null;
  n: number;
}

/** Bins that hold events, in order of their mean score. */
export const prepareCalibration = (bins: CalibrationBin[]): CalibrationRow[] =>
  bins
    .filter((bin) => bin.n > 0)
    .map((bin) => ({
      score: bin.mean_score,
      rate: bin.positive_rate,
      interval:
        bin.lower === null || bin.upper === null ? null : ([bin.lower, bin.upper] as [number, number]),
      n: bin.n,
    }))
    .sort((a, b) => a.score - b.score);
