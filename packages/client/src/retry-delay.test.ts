import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRetryAfter, retryDelayMs } from './retry-delay.ts';

test.each([
  ['no luck waits not at all', 1, 0, 0, 0],
  ['the first pause is below 250 ms', 1, 0, 0.5, 125],
  ['the ceiling doubles', 4, 0, 0.5, 1000],
  ['the ceiling ends at 30 s', 20, 0, 0.5, 15_000],
  ['also after very many attempts', 100_000, 0, 0.5, 15_000],
  ['what the server asks for comes first, spread by the jitter', 1, 2000, 0.5, 2125],
  ['the server may ask for 5 minutes at most', 1, 86_400_000, 0, 300_000],
])('%s', (_title, attempt, retryAfterMs, random, expected) => {
  expect(retryDelayMs(attempt, retryAfterMs, random)).toBe(expected);
});

test('a pause is never shorter than the server asks for, up to 5 minutes, and never above that and the ceiling', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(300_000), random, (attempt, asked, luck) => {
      const delay = retryDelayMs(attempt, asked, luck);
      expect(delay).toBeGreaterThanOrEqual(asked);
      expect(delay).toBeLessThanOrEqual(asked + Math.min(30_000, 250 * 2 ** (attempt - 1)));
    }),
  );
});

const now = Date.UTC(2026, 10, 23, 12, 0, 0);
test.each([
  [null, 0],
  ['3', 3000],
  [' 3 ', 3000],
  ['Mon, 23 Nov 2026 12:00:07 GMT', 7000],
  ['Mon, 23 Nov 2026 11:59:00 GMT', 0],
  ['soon', 0],
  ['-1', 0],
])('Retry-After %j asks for %d ms', (value, expected) => {
  expect(parseRetryAfter(value, now)).toBe(expected);
});
