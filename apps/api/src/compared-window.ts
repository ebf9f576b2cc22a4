import { badQuery } from './page.ts';
import { queryRange } from './parse-selection.ts';

interface TimeRange {
  fromMs: number;
  toMs: number;
}

/** The other window of `compare_to`, for whatever is not `reference`. @throws Problem 422 */
export function comparedWindow(text: string, { fromMs, toMs }: TimeRange): TimeRange {
  if (text === 'previous_period') return { fromMs: fromMs - (toMs - fromMs), toMs: fromMs };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badQuery('compare_to', 'expected reference, previous_period or {"from", "to"}');
  }
  const { from, to } = (value ?? {}) as { from?: unknown; to?: unknown };
  if (typeof from !== 'string' || typeof to !== 'string')
    throw badQuery('compare_to', 'expected {"from", "to"}');
  const range = queryRange({ from, to });
  return { fromMs: range.fromMs ?? 0, toMs: range.toMs ?? 0 };
}
