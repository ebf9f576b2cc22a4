import type { Severity, ThresholdRule } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { thresholdOf } from './threshold-of.ts';

const rule = (limits: Partial<ThresholdRule>): ThresholdRule => ({
  kind: 'constant',
  direction: 'above',
  ...limits,
});

test.each<[string, ThresholdRule, Severity, number, number | null]>([
  ['a warning names the warning limit', rule({ warning: 0.1, critical: 0.3 }), 'warning', 0.2, 0.1],
  ['a critical one the critical limit', rule({ warning: 0.1, critical: 0.3 }), 'critical', 0.4, 0.3],
  ['the only limit there is', rule({ critical: 0.6, direction: 'below' }), 'critical', 0.5, 0.6],
  ['the lower end', rule({ warning: 5, lower: 1, direction: 'outside' }), 'warning', 0.5, 1],
  ['the upper end', rule({ warning: 5, lower: 1, direction: 'outside' }), 'warning', 6, 5],
])('%s', (_, threshold, severity, value, expected) => {
  expect(thresholdOf(threshold, severity, value)).toBe(expected);
});
