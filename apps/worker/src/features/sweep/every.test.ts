import { expect, test } from 'vitest';
import { every } from './every.ts';

test('is due the first time and again when the interval has passed', () => {
  const isDue = every(1_000);
  expect([0, 1, 999, 1_000, 1_500, 2_000, 9_000].map(isDue)).toEqual([
    true,
    false,
    false,
    true,
    false,
    true,
    true,
  ]);
});
