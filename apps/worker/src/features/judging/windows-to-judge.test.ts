import { expect, test } from 'vitest';
import { windowsOfExtent, windowsOfHours } from './windows-to-judge.ts';

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
