import type { PerformanceProfile } from '@plumbline/contracts';
import {
  accuracy,
  averagePrecisionError,
  f1,
  histogramAuc,
  histogramAveragePrecision,
  precision,
  recall,
  specificity,
} from '@plumbline/stats';
import { binaryConfusion } from '../performance/binary-confusion.ts';
import { scoreHistogram } from '../performance/score-histogram.ts';
import { aucVariance } from './auc-variance.ts';
import type { ExpectedOutcome } from './expected-outcome.ts';

/** The reference's labelled events, as the sampling error of a metric is taken from them. */
interface LabelledReference {
  confusion: ReturnType<typeof binaryConfusion>;
  histogram: ReturnType<typeof scoreHistogram>;
}

interface EstimatedMetric {
  /** Speaks about one class: needs some events of each. */
  ofClass: boolean;
  /** Undefined for 0 ÷ 0. */
  value: (expected: ExpectedOutcome) => number | undefined;
  /**
   * Variance of the metric times the number of events it is taken from: from n events its standard error is √(this ÷ n).
   * Undefined where the reference cannot tell.
   */
  varianceOfOne: (reference: LabelledReference) => number | undefined;
}

export function labelledReference(performance: PerformanceProfile, positiveLabel: string): LabelledReference {
  return {
    confusion: binaryConfusion(performance.confusion ?? [], positiveLabel),
    histogram: scoreHistogram(performance),
  };
}

/** A share of hits among the events that count, themselves a share of all. */
function ofShare(hits: number, misses: number, all: number): number | undefined {
  const counted = hits + misses;
  return counted > 0 ? ((hits * misses) / (counted * counted)) * (all / counted) : undefined;
}

const sizeOf = ({ tp, fp, fn, tn }: LabelledReference['confusion']) => tp + fp + fn + tn;

/** The metrics that are estimated without labels, each with its value in expectation and its sampling error. */
export const estimatedMetrics: Record<string, EstimatedMetric> = {
  accuracy: {
    ofClass: false,
    value: ({ confusion }) => accuracy(confusion),
    varianceOfOne: ({ confusion }) => {
      const { tp, fp, fn, tn } = confusion;
      return ofShare(tp + tn, fp + fn, sizeOf(confusion));
    },
  },
  precision: {
    ofClass: true,
    value: ({ confusion }) => precision(confusion),
    varianceOfOne: ({ confusion }) => ofShare(confusion.tp, confusion.fp, sizeOf(confusion)),
  },
  recall: {
    ofClass: true,
    value: ({ confusion }) => recall(confusion),
    varianceOfOne: ({ confusion }) => ofShare(confusion.tp, confusion.fn, sizeOf(confusion)),
  },
  f1: {
    ofClass: true,
    value: ({ confusion }) => f1(confusion),
    varianceOfOne: ({ confusion }) => {
      const { tp, fp, fn } = confusion;
      const share = ofShare(tp, fp + fn, sizeOf(confusion));
      return share === undefined ? undefined : share * ((tp + fp + fn) / (tp + (fp + fn) / 2)) ** 2;
    },
  },
  specificity: {
    ofClass: true,
    value: ({ confusion }) => specificity(confusion),
    varianceOfOne: ({ confusion }) => ofShare(confusion.tn, confusion.fp, sizeOf(confusion)),
  },
  roc_auc: {
    ofClass: true,
    value: ({ positives, negatives }) => histogramAuc(positives, negatives)?.value,
    varianceOfOne: ({ histogram }) => aucVariance(histogram.positives, histogram.negatives),
  },
  average_precision: {
    ofClass: true,
    value: ({ positives, negatives }) => histogramAveragePrecision(positives, negatives)?.value,
    varianceOfOne: ({ histogram: { positives, negatives, positiveCount, negativeCount } }) => {
      const error = averagePrecisionError(positives, negatives);
      return error === undefined ? undefined : error ** 2 * (positiveCount + negativeCount);
    },
  },
  brier: {
    ofClass: false,
    value: ({ brierSum, n }) => brierSum / n,
    varianceOfOne: ({ histogram }) => brierVariance(histogram),
  },
};

function brierVariance({
  positives,
  negatives,
  scoreSums,
  positiveCount,
  negativeCount,
}: LabelledReference['histogram']): number | undefined {
  const n = positiveCount + negativeCount;
  if (n === 0) return undefined;
  let sum = 0;
  let squares = 0;
  for (let bin = 0; bin < positives.length; bin++) {
    const [positive, negative] = [positives[bin] ?? 0, negatives[bin] ?? 0];
    if (positive + negative === 0) continue;
    const score = (scoreSums[bin] ?? 0) / (positive + negative);
    sum += positive * (1 - score) ** 2 + negative * score ** 2;
    squares += positive * (1 - score) ** 4 + negative * score ** 4;
  }
  return Math.max(0, squares / n - (sum / n) ** 2);
}
