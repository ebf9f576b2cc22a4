import type { ComparedScore, Score } from '@plumbline/contracts';
import { differenceInterval, type Estimate } from '@plumbline/stats';

/** The score of the other side, and the change from it to `score` with the interval of a difference of independent estimates. */
export function compareScores(score: Score, other: Score): ComparedScore {
  const [a, b] = [estimateOf(score), estimateOf(other)];
  const interval = a && b ? differenceInterval(a, b) : null;
  return {
    value: other.value,
    lower: other.lower ?? null,
    upper: other.upper ?? null,
    n: other.n,
    status: other.status,
    change: score.value === null || other.value === null ? null : score.value - other.value,
    change_lower: interval?.lower ?? null,
    change_upper: interval?.upper ?? null,
  };
}

function estimateOf({ value, lower, upper }: Score): Estimate | undefined {
  if (value === null || typeof lower !== 'number' || typeof upper !== 'number') return undefined;
  return { value, lower, upper };
}
