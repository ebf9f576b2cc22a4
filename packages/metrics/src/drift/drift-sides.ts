import type { ColumnProfile, Score } from '@plumbline/contracts';
import type { ColumnInput } from '../metric-descriptor.ts';
import { shortage, withoutValue } from '../to-score.ts';

/** Fewest values a side needs before two distributions are compared at all. */
export const driftFloor = 30;

/** Both sides of a comparison, or the score that says why there is nothing to compare. */
export function driftSides(
  { reference, current }: ColumnInput,
  exactness: Score['exactness'],
): { reference: ColumnProfile; current: ColumnProfile } | { score: Score } {
  if (!reference) return { score: withoutValue('not_applicable', { n: current.n, exactness }) };
  const short = shortage(Math.min(reference.n, current.n), driftFloor);
  if (!short) return { reference, current };
  return { score: withoutValue(short, { n: current.n, nReference: reference.n, exactness }) };
}
