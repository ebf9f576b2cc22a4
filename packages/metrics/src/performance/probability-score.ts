import type { Score } from '@plumbline/contracts';
import type { ModelInput } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { labelFloor } from './performance-metric.ts';

/** A mean loss of predicted probabilities: of the positive label, or of all classes when there are more than two. */
export function probabilityScore({ context, current }: ModelInput, sum: 'logLossSum' | 'brierSum'): Score {
  const { scores, probabilities } = current.performance;
  const sums = context.task === 'multiclass_classification' ? probabilities : scores;
  const n = sums?.n ?? 0;
  const details = { n, exactness: 'exact', errorBound: 0, lower: null, upper: null } as const;
  const short = shortage(n, labelFloor);
  if (short) return withoutValue(short, details);
  return toScore((sums?.[sum] ?? Number.NaN) / n, details);
}
