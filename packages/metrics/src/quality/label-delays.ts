import { type DelayProfile, delayBinsPerOctave } from '@plumbline/contracts';
import { type BinnedQuantile, logBinQuantile, z95 } from '@plumbline/stats';

/** Share by which a delay told from bins may be off. */
export const delayError = 2 ** (1 / (2 * delayBinsPerOctave)) - 1;

export const countDelays = ({ counts }: DelayProfile): number =>
  counts.reduce((sum, count) => sum + count, 0);

/** A quantile of delays in seconds, with the 95 % interval of its rank; an end is null when the rank lies beyond the labels. */
export function delayQuantile(
  delays: DelayProfile,
  q: number,
): (BinnedQuantile & { from: number | null; to: number | null }) | undefined {
  const quantile = logBinQuantile(delays, q, delayBinsPerOctave);
  if (!quantile) return undefined;
  const margin = z95 * Math.sqrt((q * (1 - q)) / countDelays(delays));
  const from = q - margin > 0 ? logBinQuantile(delays, q - margin, delayBinsPerOctave) : undefined;
  const to = q + margin < 1 ? logBinQuantile(delays, q + margin, delayBinsPerOctave) : undefined;
  return { ...quantile, from: from?.lower ?? null, to: to?.upper ?? null };
}

/** Labels that came within `seconds`, to {@link delayError} of it: those of bins whose middle is not later. */
export function labelsWithin({ bins, counts }: DelayProfile, seconds: number): number {
  return bins.reduce((sum, bin, i) => {
    const middle = bin === 0 ? 0 : 2 ** ((bin - 0.5) / delayBinsPerOctave);
    return middle <= seconds ? sum + (counts[i] ?? 0) : sum;
  }, 0);
}
