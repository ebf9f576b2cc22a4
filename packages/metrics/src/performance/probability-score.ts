import type { Score } from '@plumbline/contracts';
import { meanInterval } from '@plumbline/stats';
import type { ModelInput } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { labelFloor } from './performance-metric.ts';

/** A mean loss of predicted probabilities: of the positive label, or of all classes when there are more than two. */
export function probabilityScore({ context, current }: ModelInput, loss: 'logLoss' | 'brier'): Score {
  const { scores, probabilities } = current.performance;
  const sums = context.task === 'multiclass_classification' ? probabilities : scores;
  const n = sums?.n ?? 0;
  const details = { n, exactness: 'exact', errorBound: 0 } as const;
  const short = shortage(n, labelFloor);
  if (short || !sums) return withoutValue(short ?? 'empty', details);
  const sum = sums[`${loss}Sum`];
  const interval = sums.spread && meanInterval(n, sum, sums.spread[`${loss}M2`]);
  return toScore(sum / n, {
    ...details,
    lower: interval ? Math.max(0, interval.lower) : null,
    upper: interval?.upper ?? null,
  });
}
