import { describe, expect, it } from 'vitest';
import { formatAgo, formatDuration, formatRange, formatWindow } from './format-time.ts';

describe('format-time', () => {
  it.each([
    ['2001-02-01T00:00:00Z', '2001-03-01T00:00:00Z', '2001-02-01 to 2001-02-28'],
    ['2001-02-01T00:00:00Z', '2001-02-02T00:00:00Z', '2001-02-01'],
    ['2001-02-01T06:00:00Z', '2001-02-01T07:00:00Z', '2001-02-01 06:00 to 2001-02-01 07:00'],
  ])('the window [%s, %s) reads %s', (from, to, text) => {
    expect(formatRange(from, to)).toBe(text);
  });
  it('an hour is named with its hour, in UTC', () => {
    expect(formatWindow('2001-02-01T06:00:00+02:00', 'hour')).toBe('2001-02-01 04:00');
    expect(formatWindow('2001-02-01T06:00:00Z', 'day')).toBe('2001-02-01');
  });
  it.each([
    [30, '30 seconds ago'],
    [7200, '2 hours ago'],
    [86_400 * 3, '3 days ago'],
  ])('%s seconds back reads %s', (seconds, text) => {
    const now = Date.UTC(2001, 1, 1);
    expect(formatAgo(new Date(now - seconds * 1000).toISOString(), now)).toBe(text);
  });
  it.each([
    [null, '–'],
    [0.4, '< 1 s'],
    [90, '90\u00a0s'],
    [330, '5.5\u00a0min'],
    [86_400, '24\u00a0h'],
    [260_000, '3\u00a0days'],
    [5_000_000, '58\u00a0days'],
  ])('%s seconds long reads %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
