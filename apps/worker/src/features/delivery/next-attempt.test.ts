import { expect, test } from 'vitest';
import { nextAttempt } from './next-attempt.ts';

const now = new Date('2026-01-01T00:00:00Z');
const base = { attemptCount: 1, responseStatus: 500, retryAfter: null, now, random: 0.5 };
const waitOf = (step: ReturnType<typeof nextAttempt>) => Number(step.nextAttemptAt) - now.getTime();

test.each([200, 201, 204, 299])('%i is delivered', (responseStatus) => {
  expect(nextAttempt({ ...base, responseStatus })).toEqual({
    status: 'delivered',
    nextAttemptAt: null,
    disableChannel: false,
  });
});

test('410 fails at once and disables the channel', () => {
  expect(nextAttempt({ ...base, responseStatus: 410 })).toMatchObject({
    status: 'failed',
    disableChannel: true,
  });
});

test.each([null, 301, 302, 307, 400, 404, 429, 500, 503])('%s is tried again', (responseStatus) => {
  expect(nextAttempt({ ...base, responseStatus })).toMatchObject({
    status: 'pending',
    disableChannel: false,
  });
});

test.each([
  [1, 5_000],
  [2, 300_000],
  [3, 1_800_000],
  [4, 7_200_000],
  [5, 18_000_000],
  [6, 36_000_000],
  [7, 36_000_000],
])('after attempt %i the wait is %i ms', (attemptCount, ms) => {
  expect(waitOf(nextAttempt({ ...base, attemptCount }))).toBe(ms);
});

test('the eighth attempt is the last', () => {
  expect(nextAttempt({ ...base, attemptCount: 8 })).toMatchObject({ status: 'failed', nextAttemptAt: null });
});

test.each([0, 0.5, 0.999_999])(
  'with random %d the attempts span at least 24 hours, each within 20 %',
  (random) => {
    let total = 0;
    for (let attemptCount = 1; attemptCount < 8; attemptCount += 1) {
      const wait = waitOf(nextAttempt({ ...base, attemptCount, random }));
      const plain = waitOf(nextAttempt({ ...base, attemptCount }));
      expect(Math.abs(wait - plain)).toBeLessThanOrEqual(0.2 * plain);
      total += wait;
    }
    expect(total).toBeGreaterThanOrEqual(24 * 3_600_000);
  },
);

test.each([
  ['30', 30_000],
  ['1', 5_000],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 5_000],
  ['soon', 5_000],
  ['', 5_000],
  ['99999999999', 86_400_000],
])('Retry-After %j after the first attempt waits %i ms', (retryAfter, ms) => {
  expect(waitOf(nextAttempt({ ...base, responseStatus: 429, retryAfter }))).toBe(ms);
});
