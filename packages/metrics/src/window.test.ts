import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floorToWindow, listWindows, maxWindows, nextWindow, startOfMonth } from './window.ts';

const at = (text: string) => Date.parse(text);

describe('floorToWindow and nextWindow', () => {
  it.each([
    ['hour', '2001-02-01T06:59:59.999Z', '2001-02-01T06:00:00Z', '2001-02-01T07:00:00Z'],
    ['day', '2001-02-28T23:00:00Z', '2001-02-28T00:00:00Z', '2001-03-01T00:00:00Z'],
    ['week', '2001-01-01T00:00:00Z', '2001-01-01T00:00:00Z', '2001-01-08T00:00:00Z'],
    ['week', '2001-01-07T23:59:59Z', '2001-01-01T00:00:00Z', '2001-01-08T00:00:00Z'],
    ['week', '1969-12-31T12:00:00Z', '1969-12-29T00:00:00Z', '1970-01-05T00:00:00Z'],
  ] as const)('bounds the %s of %s', (granularity, time, start, end) => {
    expect(floorToWindow(at(time), granularity)).toBe(at(start));
    expect(nextWindow(at(time), granularity)).toBe(at(end));
  });
});

describe('listWindows', () => {
  it('covers the range without gaps, each window touching it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.integer({ min: 1, max: 50 * 86_400_000 }),
        fc.constantFrom('hour', 'day', 'week' as const),
        (fromMs, length, granularity) => {
          const windows = listWindows(fromMs, fromMs + length, granularity) ?? [];
          expect(windows[0]?.startMs).toBe(floorToWindow(fromMs, granularity));
          for (const [i, { startMs, endMs }] of windows.entries()) {
            expect(startMs).toBeLessThan(fromMs + length);
            expect(endMs).toBe(windows[i + 1]?.startMs ?? nextWindow(fromMs + length - 1, granularity));
          }
        },
      ),
    );
  });

  it('is empty for an empty range and null for more windows than one question may ask', () => {
    expect(listWindows(5, 5, 'day')).toEqual([]);
    expect(listWindows(0, maxWindows * 3_600_000, 'hour')).toHaveLength(maxWindows);
    expect(listWindows(0, maxWindows * 3_600_000 + 1, 'hour')).toBeNull();
  });
});

it.each([
  ['2001-03-31T23:59:59.999Z', 0, '2001-03-01T00:00:00Z'],
  ['2001-03-01T00:00:00Z', 0, '2001-03-01T00:00:00Z'],
  ['2001-01-31T12:00:00Z', 1, '2001-02-01T00:00:00Z'],
  ['2001-12-31T12:00:00Z', 1, '2002-01-01T00:00:00Z'],
])('the month of %s, %i ahead, begins at %s', (time, ahead, start) => {
  expect(startOfMonth(Date.parse(time), ahead)).toBe(Date.parse(start));
});
