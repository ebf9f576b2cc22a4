import { expect, test } from 'vitest';
import { windowsDue } from './windows-due.ts';

const week = (
  modelId: string,
  startMs: number,
  change: Partial<Parameters<typeof windowsDue>[0][number]> = {},
) => ({
  modelId,
  binSetId: 'bins',
  startMs,
  events: 1000,
  state: null,
  comparedRows: null,
  ...change,
});
const done = (rows: number) => ({ state: 'done' as const, comparedRows: rows });

test.each([
  ['the newest week that was never compared', [week('a', 3, done(1000)), week('a', 2), week('a', 1)], [2]],
  ['one week of each model', [week('a', 2), week('b', 2), week('a', 1)], [2, 2]],
  ['a week that grew by more than a tenth since', [week('a', 2, done(950)), week('a', 1, done(900))], [1]],
  ['none while one waits or runs', [week('a', 2), week('a', 1, { state: 'running' })], []],
  [
    'none that failed or was cancelled',
    [week('a', 2, { state: 'failed' }), week('a', 1, { state: 'cancelled' })],
    [],
  ],
])('takes %s', (_, weeks, expected) => {
  expect(windowsDue(weeks, 0).map(({ startMs }) => startMs)).toEqual(expected);
});

test('takes none with fewer rows than there have to be', () => {
  const days = [week('a', 3, { events: 99 }), week('a', 2, { events: 100 })];
  expect(windowsDue(days, 100).map(({ startMs }) => startMs)).toEqual([2]);
});
