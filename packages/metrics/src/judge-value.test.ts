import type { Severity } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { badness, breachedLimit, judgeValue } from './judge-value.ts';
import { constantLimits } from './thresholds/constant-limits.ts';

const rule = (
  direction: 'above' | 'below' | 'outside',
  limits: { warning?: number; critical?: number; lower?: number },
) => constantLimits({ kind: 'constant', direction, ...limits });

describe('judgeValue', () => {
  it.each([
    [
      'above',
      rule('above', { warning: 0.1, critical: 0.2 }),
      { 0.1: 'ok', 0.11: 'warning', 0.2: 'warning', 0.21: 'critical' },
    ],
    ['above, critical only', rule('above', { critical: 0.2 }), { 0.2: 'ok', 0.3: 'critical' }],
    [
      'below',
      rule('below', { warning: 0.8, critical: 0.7 }),
      { 0.8: 'ok', 0.79: 'warning', 0.7: 'warning', 0.69: 'critical' },
    ],
    [
      'outside',
      rule('outside', { warning: 10, critical: 20, lower: 2 }),
      { 1: 'warning', 2: 'ok', 10: 'ok', 11: 'warning', 21: 'critical' },
    ],
    [
      'outside, critical only',
      rule('outside', { critical: 20, lower: 2 }),
      { 1: 'critical', 20: 'ok', 21: 'critical' },
    ],
    ['outside without a lower end', rule('outside', { warning: 10 }), { 0: 'ok', 11: 'warning' }],
  ])('takes only values strictly beyond a limit for a breach: %s', (_, threshold, verdicts) => {
    for (const [value, verdict] of Object.entries(verdicts)) {
      expect(judgeValue(Number(value), threshold), value).toBe(verdict);
    }
  });
});

describe('badness', () => {
  it.each([
    [rule('above', { warning: 1 }), 3, 2],
    [rule('below', { warning: 1 }), 0.2, 0.5],
    [rule('outside', { warning: 10, lower: 5 }), 1, 12],
  ])('ranks the value farther beyond as worse: %o', (threshold, worse, better) => {
    expect(badness(worse, threshold)).toBeGreaterThan(badness(better, threshold));
  });
});

describe('breachedLimit', () => {
  it.each([
    [
      'a warning names the warning limit',
      rule('above', { warning: 0.1, critical: 0.3 }),
      'warning',
      0.2,
      0.1,
    ],
    [
      'a critical one the critical limit',
      rule('above', { warning: 0.1, critical: 0.3 }),
      'critical',
      0.4,
      0.3,
    ],
    ['the only limit there is', rule('below', { critical: 0.6 }), 'critical', 0.5, 0.6],
    ['the lower end', rule('outside', { warning: 5, lower: 1 }), 'warning', 0.5, 1],
    ['the upper end', rule('outside', { warning: 5, lower: 1 }), 'warning', 6, 5],
    [
      'the warning of what was critical before',
      rule('above', { warning: 0.1, critical: 0.3 }),
      'critical',
      0.2,
      0.1,
    ],
    ['none', rule('above', { warning: 0.1 }), 'warning', 0.1, null],
  ] as const)('%s', (_, limits, severity: Severity, value, expected) => {
    expect(breachedLimit(value, severity, limits)).toBe(expected);
  });
});
