import type { PerformanceProfile } from '@plumbline/contracts';
import type { BinaryConfusion } from '@plumbline/stats';

/** The confusion counts of one label against all others. */
export function binaryConfusion(
  confusion: NonNullable<PerformanceProfile['confusion']>,
  positiveLabel: string,
): BinaryConfusion {
  const counts: BinaryConfusion = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const { actual, predicted, count } of confusion) {
    if (predicted === positiveLabel) counts[actual === positiveLabel ? 'tp' : 'fp'] += count;
    else counts[actual === positiveLabel ? 'fn' : 'tn'] += count;
  }
  return counts;
}
