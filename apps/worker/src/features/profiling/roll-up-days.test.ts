import type { Profile } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { rollUpDays } from './roll-up-days.ts';

const profile = (events: number): Profile => ({ events, columns: {}, performance: { labelled: 0 } });
const row = (time: string, events: number, version = '1', environment = 'production') => ({
  start: Date.parse(`${time}:00Z`),
  version,
  environment,
  profile: profile(events),
});

test('hours of one day, version and environment become one profile', () => {
  const days = rollUpDays([
    row('2026-01-05T00:00', 1),
    row('2026-01-05T23:00', 2),
    row('2026-01-05T23:00', 4, '2'),
    row('2026-01-05T23:00', 8, '2', 'validation'),
    row('2026-01-06T00:00', 16),
  ]);
  expect(
    days.map(({ start, version, environment, profile: { events } }) => [start, version, environment, events]),
  ).toEqual([
    [Date.parse('2026-01-05T00:00Z'), '1', 'production', 3],
    [Date.parse('2026-01-05T00:00Z'), '2', 'production', 4],
    [Date.parse('2026-01-05T00:00Z'), '2', 'validation', 8],
    [Date.parse('2026-01-06T00:00Z'), '1', 'production', 16],
  ]);
});
