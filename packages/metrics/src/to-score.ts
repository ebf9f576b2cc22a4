import type { MetricStatus, Score } from '@plumbline/contracts';

/** Everything of a score but its value and status. */
export type ScoreDetails = Omit<Score, 'value' | 'status'>;

/** A score without a value, and without what would describe one. */
export function withoutValue(status: Exclude<MetricStatus, 'ok'>, details: ScoreDetails): Score {
  const { n, nReference, exactness } = details;
  return { value: null, status, n, ...(nReference === undefined ? {} : { nReference }), exactness };
}

/** A score of `value`; `degenerate` without a value when it is undefined or not finite. */
export function toScore(value: number | undefined, details: ScoreDetails): Score {
  if (value === undefined || !Number.isFinite(value)) return withoutValue('degenerate', details);
  return { value, status: 'ok', ...details };
}

/** `empty` or `insufficient_data` when there are fewer than `minN` rows, else null. */
export function shortage(n: number, minN: number): 'empty' | 'insufficient_data' | null {
  if (n === 0) return 'empty';
  return n < minN ? 'insufficient_data' : null;
}
