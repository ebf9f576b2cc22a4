import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../random-fixture.ts';
import { autoDistanceLimits, autoValueLimits, chunkReach } from './auto-limits.ts';
import { isSignificant } from './is-significant.ts';
import { type Limits, withinRange } from './limits.ts';
import { relativeLimits } from './relative-limits.ts';
import { seasonalLimits, weeklyHabit } from './seasonal-limits.ts';
import { sigmaLimits } from './sigma-limits.ts';
import { windowLevel } from './window-level.ts';

const above = { direction: 'above' } as const;
const nothing = { lower: null, upper: null };

describe('relativeLimits', () => {
  it.each([
    [
      { baseline: 50, change: 0.1, direction: 'outside' },
      { lower: 45, upper: 55, status: 'ok' },
    ],
    [
      { baseline: 50, change: 0.1, direction: 'below' },
      { lower: 45, upper: null, status: 'ok' },
    ],
    [
      { baseline: -50, change: 0.1, direction: 'above' },
      { lower: null, upper: -45, status: 'ok' },
    ],
    [
      { baseline: 0, change: 0.1, direction: 'above' },
      { ...nothing, status: 'not_applicable' },
    ],
    [
      { baseline: null, change: 0.1, direction: 'above' },
      { ...nothing, status: 'learning' },
    ],
  ] as const)('%j', (input, limits) => {
    expect(relativeLimits(input)).toEqual(limits);
  });
});

describe('sigmaLimits', () => {
  const past = [1, 2, 3, 4, 5, 6];
  const deviation = Math.sqrt(3.5);

  it('is k sample deviations around the mean of the past', () => {
    const limits = sigmaLimits({ past, k: 3, standardError: null, direction: 'outside' });
    expect(limits.lower).toBeCloseTo(3.5 - 3 * deviation, 12);
    expect(limits.upper).toBeCloseTo(3.5 + 3 * deviation, 12);
  });

  it('is no narrower than the noise of the value itself', () => {
    expect(sigmaLimits({ past, k: 3, standardError: 10, ...above }).upper).toBeCloseTo(33.5, 12);
    const steady = sigmaLimits({ past: past.map(() => 2), k: 3, standardError: 0.1, ...above });
    expect(steady.upper).toBeCloseTo(2.3, 12);
  });

  it('learns for five values', () => {
    expect(sigmaLimits({ past: past.slice(1), k: 3, standardError: null, ...above })).toEqual({
      ...nothing,
      status: 'learning',
    });
  });
});

describe('seasonalLimits', () => {
  const { normal } = randomNumbers(3);
  const mean = (slot: number) => (slot < 5 ? 100 : 20);
  const past = Array.from({ length: 56 }, (_, i) => ({ slot: i % 7, value: mean(i % 7) + normal() }));
  const limitsOf = (slot: number, values = past) =>
    seasonalLimits({ habit: weeklyHabit(values), slot, k: 4, standardError: null, direction: 'outside' });

  it('knows that weekends are quiet', () => {
    for (const slot of [0, 6]) {
      expect(limitsOf(slot).lower).toBeGreaterThan(mean(slot) - 10);
      expect(limitsOf(slot).upper).toBeLessThan(mean(slot) + 10);
    }
  });

  it('is not moved by one outage', () => {
    const outage = past.map((entry, i) => (i === 49 ? { ...entry, value: 0 } : entry));
    expect(limitsOf(0, outage).lower).toBeGreaterThan(90);
  });

  it('learns for a slot of three weeks', () => {
    expect(limitsOf(0, past.slice(0, 21)).status).toBe('learning');
    expect(limitsOf(8).status).toBe('learning');
  });
});

const level = 0.01;
const alone = { own: null, factor: 1 };

describe('autoDistanceLimits', () => {
  const own = chunkReach([0.2, 0.21, 0.19, 0.2, 0.22, 0.18, 0.2], level);

  it('is the greatest of the effect, the noise and what the reference reaches itself', () => {
    const upper = (input: object) =>
      autoDistanceLimits({ ...alone, effect: 0.1, noise: 0.05, ...input }).upper ?? 0;
    expect(upper({})).toBe(0.1);
    expect(upper({ noise: 0.15 })).toBe(0.15);
    expect(upper({ noise: null })).toBe(0.1);
    expect(upper({ own })).toBeGreaterThan(0.22);
    expect(upper({ own })).toBeLessThan(0.3);
    expect(upper({ own, factor: 2 })).toBeCloseTo(2 * upper({ own }), 12);
  });

  it('learns while the reference has fewer than six parts, and judges by the rest', () => {
    expect(
      autoDistanceLimits({ own: chunkReach([1, 2, 3, 4, 5], level), effect: 0.1, noise: 0.05, factor: 1 }),
    ).toEqual({
      lower: null,
      upper: 0.1,
      status: 'learning',
    });
  });

  it('lets pass that share of further windows which the level says', () => {
    const { normal } = randomNumbers(5);
    const beyond = Array.from({ length: 4000 }, () => {
      const chunks = Array.from({ length: 14 }, () => 5 + normal());
      const limits = autoDistanceLimits({ own: chunkReach(chunks, 0.02), effect: 0, noise: null, factor: 1 });
      return 5 + normal() > (limits.upper ?? 0) ? 1 : 0;
    });
    const share = beyond.reduce<number>((sum, x) => sum + x, 0) / beyond.length;
    expect(share).toBeGreaterThan(0.014);
    expect(share).toBeLessThan(0.027);
  });
});

describe('autoValueLimits', () => {
  const value = {
    ...alone,
    level,
    effect: 0.03,
    usual: 0.9,
    standardError: 0.001,
    direction: 'below',
  } as const;

  it('lies a change that matters below the mean of the reference', () => {
    const own = chunkReach([0.9, 0.9, 0.901, 0.899, 0.9, 0.9], level);
    const limits = autoValueLimits({ ...value, own });
    expect(limits).toMatchObject({ upper: null, status: 'ok' });
    expect(limits.lower).toBeCloseTo(0.87, 12);
    expect(autoValueLimits({ ...value, own, standardError: 0.1 }).lower).toBeLessThan(0.68);
  });

  it('learns around the whole reference, or not at all', () => {
    expect(autoValueLimits(value)).toMatchObject({ lower: 0.87, status: 'learning' });
    expect(autoValueLimits({ ...value, usual: null })).toEqual({ ...nothing, status: 'learning' });
  });
});

describe('isSignificant', () => {
  const once = { breaches: 1, of: 1 };
  const twice = { breaches: 2, of: 3 };
  const p = { pValue: 0.002, adjustedP: 0.4, columns: 200 };

  it('holds for what one window shows among its columns, and for what several windows show together', () => {
    expect(isSignificant({ ...p, adjustedP: 0.04, persistence: once })).toBe(true);
    expect(isSignificant({ ...p, persistence: once })).toBe(false);
    expect(isSignificant({ ...p, persistence: twice })).toBe(true);
    expect(isSignificant({ ...p, columns: 2000, persistence: twice })).toBe(false);
  });
});

it('a window alone is held to 3 σ; two of three to as much together', () => {
  expect(windowLevel({ breaches: 1, of: 1 })).toBeCloseTo(0.00135, 12);
  const level = windowLevel({ breaches: 2, of: 3 });
  expect(3 * level ** 2 - 2 * level ** 3).toBeCloseTo(0.00135, 12);
});

it('limits that no value can reach are open', () => {
  const limits: Limits = { lower: -0.1, upper: 1.2, status: 'ok' };
  expect(withinRange(limits, [0, 1])).toEqual({ ...nothing, status: 'ok' });
  expect(withinRange(limits, [null, null])).toEqual(limits);
});

it('never answers with a number that is none', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(number, { maxLength: 20 }), number, (past, baseline) => {
      const standardError = null;
      for (const limits of [
        relativeLimits({ baseline, change: 0.1, direction: 'outside' }),
        sigmaLimits({ past, k: 3, standardError, direction: 'outside' }),
        seasonalLimits({
          habit: weeklyHabit(past.map((x) => ({ slot: 0, value: x }))),
          slot: 0,
          k: 3,
          standardError,
          direction: 'outside',
        }),
        autoDistanceLimits({ own: chunkReach(past, level), effect: 0.1, noise: null, factor: 1 }),
        autoValueLimits({
          own: chunkReach(past, level),
          level,
          factor: 1,
          effect: 0,
          usual: baseline,
          standardError,
          direction: 'outside',
        }),
      ]) {
        for (const end of [limits.lower, limits.upper])
          expect(end === null || Number.isFinite(end)).toBe(true);
      }
    }),
  );
});
