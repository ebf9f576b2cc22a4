import { expect, test } from 'vitest';
import { expectedValue } from './expected-value.ts';

const cell = (value: number) => ({ value, lower: null, upper: null });
const confusion = { tp: cell(300), fp: cell(100), fn: cell(100), tn: cell(500) };

test('an event is worth what its outcomes are worth, with the error of the events and of the reference', () => {
  const worth = { tp: 10, fp: -5, fn: -10, tn: 2 };
  const value = expectedValue(confusion, worth, 3000);
  const mean = (300 * 10 - 100 * 5 - 100 * 10 + 500 * 2) / 1000;
  const squares = (300 * 100 + 100 * 25 + 100 * 100 + 500 * 4) / 1000;
  const error = Math.sqrt((squares - mean ** 2) * (1 / 999 + 1000 / 999 / 3000));
  expect(value?.mean).toBeCloseTo(mean, 12);
  expect(value?.lower).toBeCloseTo(mean - 3 * error, 9);
  expect(value?.upper).toBeCloseTo(mean + 3 * error, 9);
  expect(expectedValue(confusion, worth, 0)).toBeUndefined();
});
