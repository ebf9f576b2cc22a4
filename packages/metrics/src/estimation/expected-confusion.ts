import type { EstimationInfo } from '@plumbline/contracts';
import type { BinaryConfusion } from '@plumbline/stats';
import type { PerformanceEstimator } from './estimator.ts';

/** Standard errors on each side. */
const bandWidth = 3;

/**
 * Expected counts of outcomes among `n` events with their band, inside [0, n]. The error is that of a share, of the events
 * and of the reference, at the share that the outcome has in the reference.
 */
export function expectedConfusion(
  confusion: BinaryConfusion,
  { outcomeShares, n: nReference }: Pick<PerformanceEstimator, 'outcomeShares' | 'n'>,
): EstimationInfo['expected_confusion'] {
  const n = confusion.tp + confusion.fp + confusion.fn + confusion.tn;
  const countOf = (outcome: keyof BinaryConfusion) => {
    const value = confusion[outcome];
    const share = outcomeShares?.[outcome];
    if (share === undefined) return { value, lower: null, upper: null };
    const error = n * Math.sqrt(share * (1 - share) * (1 / n + 1 / nReference));
    return {
      value,
      lower: Math.max(0, value - bandWidth * error),
      upper: Math.min(n, value + bandWidth * error),
    };
  };
  return { tp: countOf('tp'), fp: countOf('fp'), fn: countOf('fn'), tn: countOf('tn') };
}
