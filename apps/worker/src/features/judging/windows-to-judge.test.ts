import { expect, test } from 'vitest';
import { windowsOfExtent, windowsOfHours, windowsOfReceipt } from './windows-to-judge.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const hours = ['2026-01-05T23:00', '2026-01-05T01:00', '2026-01-06T00:00', '2026-01-12T05:00'].map(at);

test.each([
  ['hour', ['2026-01-05T01:00', '2026-01-05T23:00', '2026-01-06T00:00', '2026-01-12T05:00']],
  ['day', ['2026-01-05T00:00', '2026-01-06T00:00', '2026-01-12T00:00']],
  ['week', ['2026-01-05T00:00', '2026-01-12T00:00']],
] as const)('each %s that holds a touched hour appears once, in order', (granularity, starts) => {
  expect(windowsOfHours(hours, granularity).map((window) => window.startMs)).toEqual(starts.map(at));
});

test('an extent gives every window from the oldest to the newest hour, without gaps', () => {
  const windows = windowsOfExtent({ minMs: at('2026-01-05T22:00'), maxMs: at('2026-01-07T00:00') }, 'day');
  expect(windows.map((window) => window.startMs)).toEqual(
    ['2026-01-05T00:00', '2026-01-06T00:00', '2026-01-07T00:00'].map(at),
  );
  for (const [i, window] of windows.entries())
    expect(window.endMs).toBe(windows[i + 1]?.startMs ?? window.endMs);
  expect(windowsOfExtent(null, 'hour')).toEqual([]);
});

test.each([
  [
    'the first time all since the first batch',
    null,
    ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08'],
  ],
  ['later the newest and the one before', '2026-01-08T10:00', ['2026-01-07', '2026-01-08']],
  ['after a pause all since', '2026-01-06T10:00', ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08']],
])('of what was received: %s', (_, scored, starts) => {
  const windows = windowsOfReceipt({
    firstMs: at('2026-01-05T22:00'),
    scoredMs: scored === null ? null : at(scored),
    nowMs: at('2026-01-08T11:00'),
    granularity: 'day',
  });
  expect(windows.map((window) => window.startMs)).toEqual(starts.map((day) => at(`${day}T00:00`)));
});

test('what was received long ago is not scored again, and nothing received gives no windows', () => {
  const input = { scoredMs: null, nowMs: at('2026-01-08T11:00'), granularity: 'hour' as const };
  expect(windowsOfReceipt({ ...input, firstMs: at('2020-01-01T00:00') })).toHaveLength(2000);
  expect(windowsOfReceipt({ ...input, firstMs: null })).toEqual([]);
});
