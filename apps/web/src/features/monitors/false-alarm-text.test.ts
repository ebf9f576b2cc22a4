import { expect, it } from 'vitest';
import { falseAlarmText } from './false-alarm-text.ts';

it.each([
  [{ kind: 'cusum', warning: 5, critical: 10, direction: 'outside' }, 'per 470 days,'],
  [{ kind: 'cusum', critical: 5, direction: 'above' }, 'per 940 days,'],
  [{ kind: 'ewma', warning: 3, direction: 'outside' }, 'per 560 days,'],
  [{ kind: 'page_hinkley', warning: 50, direction: 'outside' }, 'per 1,600 days,'],
  [{ kind: 'cusum', warning: 20, direction: 'above' }, 'per 100,000 days or more,'],
  [{ kind: 'ewma', warning: 0.01, direction: 'outside' }, 'Every day would be an alarm.'],
] as const)('%j: %s', (threshold, text) => {
  expect(falseAlarmText(threshold, 'day')).toContain(text);
});

it.each([
  { kind: 'auto' },
  { kind: 'constant', warning: 1, direction: 'above' },
  { kind: 'cusum', warning: Number.NaN, direction: 'above' },
] as const)('%j does not say', (threshold) => {
  expect(falseAlarmText(threshold, 'day')).toBeNull();
});
