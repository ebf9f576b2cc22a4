import type { Profile } from '@plumbline/contracts';
import { startOfMonth } from '@plumbline/metrics';
import { expect, test } from 'vitest';
import { startOfDay } from '../../time.ts';
import { rollUp } from './roll-up.ts';

const profile = (events: number): Profile => ({ events, columns: {}, performance: { labelled: 0 } });
const row = (time: string, events: number, version = '1', environment = 'production') => ({
  start: Date.parse(`${time}:00Z`),
  version,
  environment,
  profile: profile(events),
});

test('hours of one day, version and environment become one profile', () => {
  const days = rollUp(
    [
      row('2026-01-05T00:00', 1),
      row('2026-01-05T23:00', 2),
      row('2026-01-05T23:00', 4, '2'),
      row('2026-01-05T23:00', 8, '2', 'validation'),
      row('2026-01-06T00:00', 16),
    ],
    startOfDay,
  );
  expect(
    days.map(({ start, version, environment, profile: { events } }) => [start, version, environment, events]),
  ).toEqual([
    [Date.parse('2026-01-05T00:00Z'), '1', 'production', 3],
    [Date.parse('2026-01-05T00:00Z'), '2', 'production', 4],
    [Date.parse('2026-01-05T00:00Z'), '2', 'validation', 8],
    [Date.parse('2026-01-06T00:00Z'), '1', 'production', 16],
  ]);
});

test('a month ends where the calendar says, at midnight UTC', () => {
  const months = rollUp(
    ['2024-02-01', '2024-02-29', '2024-03-01', '2024-12-31', '2025-01-01'].map((day, i) =>
      row(`${day}T00:00`, 2 ** i),
    ),
    startOfMonth,
  );
  expect(
    months.map(({ start, profile: { events } }) => [new Date(start).toISOString().slice(0, 10), events]),
  ).toEqual([
    ['2024-02-01', 3],
    ['2024-03-01', 4],
    ['2024-12-01', 8],
    ['2025-01-01', 16],
  ]);
});
