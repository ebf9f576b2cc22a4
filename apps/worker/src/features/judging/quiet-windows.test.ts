import { expect, test } from 'vitest';
import { dayMs, hourMs } from '../../time.ts';
import { quietWindows, silenceMetrics } from './quiet-windows.ts';

const newestMs = Date.UTC(2026, 0, 5, 10);
const quiet = (receivedAfterMs: number | null, silentMs: number, granularity: 'hour' | 'day' = 'hour') =>
  quietWindows({
    newestMs,
    receivedMs: receivedAfterMs === null ? null : newestMs + receivedAfterMs,
    nowMs: newestMs + silentMs,
    granularity,
  }).map(({ startMs }) => (startMs - newestMs) / hourMs);

test.each([
  ['a stream that goes on has none but its own', hourMs / 2, hourMs / 2, 'hour', [0]],
  ['a silent one has every hour that is over', hourMs / 2, 3.5 * hourMs, 'hour', [0, 1, 2]],
  ['events sent a day at a time are live by day', 14 * hourMs, 2 * dayMs, 'day', [-10, 14]],
  ['and not by hour', 14 * hourMs, 2 * dayMs, 'hour', []],
  ['history has none', 400 * dayMs, 401 * dayMs, 'day', []],
  ['nor has what was never received', null, dayMs, 'hour', []],
] as const)('%s', (_, received, silent, granularity, starts) => {
  expect(quiet(received, silent, granularity)).toEqual(starts);
});

test('volume and the age of the newest event tell silence', () => {
  expect(silenceMetrics.toSorted()).toEqual(['freshness_seconds', 'volume']);
});
