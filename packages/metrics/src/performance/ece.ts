import { calibrationBins, calibrationErrorInterval, expectedCalibrationError } from '@plumbline/stats';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { performanceMetric } from './performance-metric.ts';
import { scoreHistogram } from './score-histogram.ts';

const minN = 200;

/** Exact: each of its 10 bins is a run of the 1,000 stored ones. */
export const eceMetric = performanceMetric({
  metric: 'ece',
  title: 'Expected calibration error',
  tasks: ['binary_classification'],
  measures: 'error',
  worse: 'higher',
  unit: 'probability',
  range: [0, 1],
  exactness: 'exact',
  min_n: minN,
  description:
    'Mean gap between predicted probability and share of positives over 10 equal-width score bins, weighted by events.',
  scoreModel: ({ current }) => {
    const histogram = scoreHistogram(current.performance);
    const n = histogram.positiveCount + histogram.negativeCount;
    const details = { n, exactness: 'exact', errorBound: 0 } as const;
    const short = shortage(n, minN);
    if (short) return withoutValue(short, details);
    const bins = calibrationBins(histogram);
    const interval = calibrationErrorInterval(bins);
    return toScore(expectedCalibrationError(bins), {
      ...details,
      lower: interval?.lower ?? null,
      upper: interval?.upper ?? null,
    });
  },
});
