import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRateLimiter, type RateLimit } from './rate-limiter.ts';

const limit: RateLimit = { eventsPerSecond: 10, burst: 5 };
const t0 = 1_000_000;

test('a burst passes, the next request waits for a token, and time brings it', () => {
  const limiter = createRateLimiter();
  for (let i = 0; i < 5; i += 1) expect(limiter.enter('a', limit, t0)).toBe(true);
  expect(limiter.enter('a', limit, t0)).toBe(false);
  expect(limiter.quota('a', limit, t0)).toEqual({ remaining: 0, resetSeconds: 1 });
  expect(limiter.enter('a', limit, t0 + 99)).toBe(false);
  expect(limiter.enter('a', limit, t0 + 100)).toBe(true);
  expect(limiter.enter('a', limit, t0 + 100)).toBe(false);
  expect(limiter.quota('a', limit, t0 + 1100)).toEqual({ remaining: 5, resetSeconds: 0 });
});

test('keys do not touch each other', () => {
  const limiter = createRateLimiter();
  limiter.charge('a', limit, 1000, t0);
  expect([limiter.enter('a', limit, t0), limiter.enter('b', limit, t0)]).toEqual([false, true]);
});

test('a batch larger than the burst passes once, and its debt is paid before the next', () => {
  const limiter = createRateLimiter();
  expect(limiter.enter('a', limit, t0)).toBe(true);
  expect(limiter.take('a', limit, 104, t0)).toBe(true);
  expect(limiter.quota('a', limit, t0)).toEqual({ remaining: 0, resetSeconds: 11 });
  expect(limiter.enter('a', limit, t0 + 10_000)).toBe(false);
  expect(limiter.enter('a', limit, t0 + 10_100)).toBe(true);
});

test('of two large batches that entered together, the second is turned away', () => {
  const limiter = createRateLimiter();
  expect([limiter.enter('a', limit, t0), limiter.enter('a', limit, t0)]).toEqual([true, true]);
  expect([limiter.take('a', limit, 50, t0), limiter.take('a', limit, 50, t0)]).toEqual([true, false]);
});

test('a limit that changes counts from the next request', () => {
  const limiter = createRateLimiter();
  expect(limiter.quota('a', { eventsPerSecond: 1, burst: 100 }, t0).remaining).toBe(100);
  expect(limiter.quota('a', limit, t0).remaining).toBe(5);
});

test('a clock set back gives nothing and takes nothing', () => {
  const limiter = createRateLimiter();
  limiter.charge('a', limit, 3, t0);
  expect(limiter.quota('a', limit, t0 - 60_000).remaining).toBe(2);
});

test('whatever comes, what is admitted stays below burst + one batch + rate × time', () => {
  const step = fc.record({
    waitMs: fc.integer({ min: 0, max: 3000 }),
    rows: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const limiter = createRateLimiter();
      let now = t0;
      let admitted = 0;
      for (const { waitMs, rows } of steps) {
        now += waitMs;
        if (!limiter.enter('a', limit, now)) continue;
        admitted += 1;
        if (limiter.take('a', limit, rows - 1, now)) admitted += rows - 1;
      }
      expect(admitted).toBeLessThanOrEqual(limit.burst + 50 + ((now - t0) * limit.eventsPerSecond) / 1000);
    }),
  );
});

test('a check costs less than 10 µs', () => {
  const limiter = createRateLimiter();
  const keys = Array.from({ length: 1000 }, (_, i) => `key-${i}`);
  const wide = { eventsPerSecond: 1e6, burst: 1e6 };
  const since = performance.now();
  for (let i = 0; i < 100_000; i += 1) limiter.enter(keys[i % 1000] ?? '', wide, t0 + i);
  expect((performance.now() - since) / 100_000).toBeLessThan(0.01);
});
