import { describe, expect, test } from 'vitest';
import {
  bodyBytesOf,
  hasRoom,
  isSaturated,
  leastFreeBytes,
  type RefusalSlug,
  reasonsOf,
  refusalOf,
  retryAfterSeconds,
  type Strain,
} from './refusal-of.ts';

const calm: Strain = {
  draining: false,
  databaseFails: false,
  loopDelayMs: 3,
  requests: 0,
  storageLow: false,
  queueSaturated: false,
};
const bounds = { loopDelayMs: 1000, requests: 100 };

describe('refusalOf', () => {
  test.each<[Partial<Strain>, RefusalSlug | null, RefusalSlug | null]>([
    [{}, null, null],
    [{ draining: true, databaseFails: true }, 'shutting-down', 'shutting-down'],
    [{ databaseFails: true, storageLow: true }, 'database-unavailable', 'database-unavailable'],
    [{ loopDelayMs: 1001 }, 'overloaded', 'overloaded'],
    [{ requests: 99 }, null, null],
    [{ requests: 100 }, 'overloaded', 'overloaded'],
    [{ storageLow: true, queueSaturated: true }, 'storage-low', null],
    [{ queueSaturated: true }, 'queue-saturated', null],
  ])('under %j rows get %s and questions get %s', (strain, forRows, forQuestions) => {
    expect(refusalOf({ ...calm, ...strain }, true, bounds)).toBe(forRows);
    expect(refusalOf({ ...calm, ...strain }, false, bounds)).toBe(forQuestions);
  });
});

test.each([
  [0, 1000, true],
  [990, 10, true],
  [991, 10, false],
  [0, 5000, true],
  [1, 5000, false],
])('with %d bytes of 1000 held, room for %d more is %s', (held, more, room) => {
  expect(hasRoom(held, more, 1000)).toBe(room);
});

test('reasons name the general one first and then what only rows are refused for', () => {
  expect(reasonsOf(calm, bounds)).toEqual([]);
  expect(reasonsOf({ ...calm, databaseFails: true, queueSaturated: true, storageLow: true }, bounds)).toEqual(
    ['database-unavailable', 'storage-low', 'queue-saturated'],
  );
});

test.each<RefusalSlug>([
  'shutting-down',
  'database-unavailable',
  'overloaded',
  'queue-saturated',
  'storage-low',
])('Retry-After of %s is spread over whole seconds from 1 to 30', (slug) => {
  const seconds = [0, 0.2, 0.4, 0.6, 0.8, 0.999_999].map((random) => retryAfterSeconds(slug, random));
  for (const value of seconds) expect(Number.isInteger(value) && value >= 1 && value <= 30).toBe(true);
  expect(new Set(seconds).size).toBeGreaterThan(3);
});

test('a full queue stays full until a fifth of it is free', () => {
  const depths = [90, 100, 101, 90, 81, 80, 90, 100];
  let was = false;
  const states = depths.map((depth) => {
    was = isSaturated(was, depth, 100);
    return was;
  });
  expect(states).toEqual([false, false, true, true, true, false, false, false]);
});

test.each([
  [8e9, 4e8],
  [2e12, 2 ** 30],
])('a disk of %d bytes keeps %d free', (disk, free) => {
  expect(leastFreeBytes(disk)).toBe(free);
});

test.each([
  [{ length: 500, isCompressed: false, isStreamed: false }, 500],
  [{ length: 500, isCompressed: true, isStreamed: false }, 5000],
  [{ length: 9000, isCompressed: true, isStreamed: false }, 10_000],
  [{ length: null, isCompressed: false, isStreamed: false }, 10_000],
  [{ length: 5e9, isCompressed: false, isStreamed: true }, 8 * 2 ** 20],
])('a body of %j takes %d bytes', (body, bytes) => {
  expect(bodyBytesOf(body, 10_000)).toBe(bytes);
});
