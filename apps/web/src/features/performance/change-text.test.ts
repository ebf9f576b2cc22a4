import type { ComparedScore } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { changeText } from './change-text.ts';

const share = { range: [0, 1] as [number, number], worse: 'lower' as const };
const minutes = { range: [0, null] as [number, null], worse: 'higher' as const };
const bias = { range: [null, null] as [null, null], worse: 'either' as const };

const compared = (change: number | null, lower: number | null, upper: number | null): ComparedScore => ({
  value: 0.8,
  lower: 0.7,
  upper: 0.9,
  n: 500,
  status: 'ok',
  change,
  change_lower: lower,
  change_upper: upper,
});

test.each([
  ['a fall of a share', compared(-0.021, -0.03, -0.012), share, 'fell by 2.10 points (1.20 to 3)', 'worse'],
  ['a rise of a share', compared(0.021, 0.012, 0.035), share, 'rose by 2.10 points (1.20 to 3.50)', 'better'],
  ['a rise of an error', compared(1.5, 0.25, 2.75), minutes, 'rose by 1.50 (0.250 to 2.75)', 'worse'],
  ['a fall of an error', compared(-1.5, -2.75, -0.25), minutes, 'fell by 1.50 (0.250 to 2.75)', 'better'],
  ['what has no bad direction', compared(-1.5, -2.75, -0.25), bias, 'fell by 1.50 (0.250 to 2.75)', null],
  [
    'a change whose interval holds 0',
    compared(-0.003, -0.012, 0.006),
    share,
    'no more than chance: −0.300 points (−1.20 to 0.600)',
    null,
  ],
  ['a change without an interval', compared(0.25, null, null), minutes, '0.250, interval not known', null],
])('%s', (_, given, info, text, verdict) => {
  expect(changeText(given, info)).toEqual({ text, verdict });
});

test('nothing without a change', () => {
  expect(changeText(compared(null, null, null), share)).toBeNull();
});
