import type { PerformanceAnswer, PerformanceProfile } from '@plumbline/contracts';
import { calibrationBins, gainsCurve, prCurve, rocCurve } from '@plumbline/stats';
import { scoreHistogram } from './score-histogram.ts';

const maxPoints = 200;

/**
 * ROC (x false positive rate, y true positive rate), precision–recall (x recall, y precision), gains (x share of events
 * from the highest score down, y share of positives among them) and calibration curves of a binary classifier; null where a class, or every label, is missing. A curve has at most 200
 * points: the first, the last and evenly spaced ones between.
 */
export function performanceCurves(performance: PerformanceProfile): PerformanceAnswer['curves'] {
  const histogram = scoreHistogram(performance);
  const { positives, negatives } = histogram;
  const roc = rocCurve(positives, negatives);
  const pr = prCurve(positives, negatives);
  const gains = gainsCurve(positives, negatives);
  const calibration = calibrationBins(histogram);
  return {
    roc: roc ? thin(roc).map((p) => ({ x: p.falsePositiveRate, y: p.truePositiveRate })) : null,
    pr: pr ? thin(pr).map((p) => ({ x: p.recall, y: p.precision })) : null,
    gains: gains ? thin(gains).map((p) => ({ x: p.shareOfRows, y: p.shareOfPositives })) : null,
    calibration:
      calibration.length === 0
        ? null
        : calibration.map(({ meanScore, positiveRate, interval, count }) => ({
            mean_score: meanScore,
            positive_rate: positiveRate,
            lower: interval.lower,
            upper: interval.upper,
            n: count,
          })),
  };
}

function thin<T>(points: T[]): T[] {
  if (points.length <= maxPoints) return points;
  const step = (points.length - 1) / (maxPoints - 1);
  return Array.from({ length: maxPoints }, (_, i) => points[Math.round(i * step)]).filter(
    (point) => point !== undefined,
  );
}
