import type { PMethod, SecondOpinion, SecondOpinionsAnswer } from '@plumbline/contracts';
import { formatCount, formatNumber } from '../../format-number.ts';

const methods: Record<PMethod, string> = {
  exact: 'counted out',
  asymptotic: 'for many rows',
  interpolated: 'from a table',
  permutation: '199 permutations',
};

/** p, as far as the test can tell it, and where it comes from; a distance has none. */
export function pText({ p_value: p, p_bound: bound, p_method: method }: SecondOpinion): string {
  if (p === null || method === null) return '–';
  const sign = { at_most: '≤ ', at_least: '≥ ' };
  const text = formatNumber(p);
  const known = bound === null || text.startsWith('<') ? text : `${sign[bound]}${text}`;
  return `${known} (${methods[method]})`;
}

/** From which rows, and what the answers are good for. */
export function sampleText({ sample, tests }: SecondOpinionsAnswer): string {
  const { limit, events_reference: before, events_current: now } = sample;
  const rows = `Of ${formatCount(now)} events now and ${formatCount(before)} in the reference${
    Math.max(before, now) > limit
      ? `, at most ${formatCount(limit)} of a side, drawn the same way each time`
      : ''
  }.`;
  const tested = tests.filter(({ p_value: p }) => p !== null).length;
  const chance =
    tested > 1
      ? ` ${tested} tests: where nothing changed, each shows p below 0.05 in one window of twenty; on many rows so does a change too small to matter.`
      : '';
  return `${rows}${chance} No alarm and no verdict depends on them.`;
}
