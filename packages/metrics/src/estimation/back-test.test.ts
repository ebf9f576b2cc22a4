import { describe, expect, it } from 'vitest';
import { biasOf, isDistrusted } from './back-test.ts';

const tested = { estimated: 0.8, realised: 0.74, coverage: 0.9, standardError: 0.02 };

describe('the back-test', () => {
  it('gives the miss in standard errors', () => {
    expect(biasOf(tested)).toBeCloseTo(3, 12);
    expect(biasOf({ ...tested, realised: 0.86 })).toBeCloseTo(-3, 12);
  });

  it.each([
    ['no estimate', { estimated: null }],
    ['no realised value', { realised: null }],
    ['labels of less than 80 % of the events', { coverage: 0.79 }],
    ['no standard error', { standardError: undefined }],
    ['a standard error of 0', { standardError: 0 }],
  ])('says nothing about a window with %s', (_, change) => {
    expect(biasOf({ ...tested, ...change })).toBeNull();
  });

  it.each([
    ['three misses in a row', [0, 4, -5, 3.1], true],
    ['windows without labels between them', [4, null, 5, null, null, 6, null], true],
    ['a pass since', [4, 4, 4, 1], false],
    ['only two', [null, 4, 4], false],
    ['a miss of exactly 3', [4, 3, 4], false],
    ['nothing', [], false],
  ])('distrusts on %s: %#', (_, biases, expected) => {
    expect(isDistrusted(biases)).toBe(expected);
  });
});
