import { expect, test } from 'vitest';
import { refreshDelay } from './refresher.ts';

test.each([
  ['never asked', undefined, 0],
  ['asked over a second ago', -1_000, 0],
  ['asked just now', 0, 1_000],
  ['asked 400 ms ago', -400, 600],
  ['will be asked in 600 ms', 600, null],
])('of a model the workers were %s', (_, askedFor, delay) => {
  const now = 1_800_000_000_000;
  expect(refreshDelay(askedFor === undefined ? undefined : now + askedFor, now)).toBe(delay);
});

test('rows that stream in are asked for at once and then each second, never later than a second', () => {
  let askedFor: number | undefined;
  const begins: number[] = [];
  for (let now = 0; now < 10_000; now += 7) {
    const delay = refreshDelay(askedFor, now);
    if (delay !== null) {
      askedFor = now + delay;
      begins.push(askedFor);
    }
    expect(askedFor).toBeLessThanOrEqual(now + 1_000);
  }
  expect(begins[0]).toBe(0);
  expect(begins.length).toBeLessThanOrEqual(11);
});
