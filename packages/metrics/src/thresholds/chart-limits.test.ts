import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../random-fixture.ts';
import { chartLimits } from './chart-limits.ts';

const deviation = Math.sqrt(2 / 15);
/** Sixteen windows with mean 10 and this deviation: 1/√K is a quarter. */
const chunks = Array.from({ length: 16 }, (_, i) => 10 + (i < 2 ? 1 - 2 * (i % 2) : 0));
const cusumRule = { kind: 'cusum', size: 4, direction: 'outside', chunks, clearAfter: 2 } as const;
const ofDeviations = (...z: (number | null)[]) =>
  z.map((of) => ({ value: of === null ? null : 10 + of * deviation, standardError: null }));

/** Which values lie beyond their limits: + above, − below. */
function marks(values: ReturnType<typeof ofDeviations>, options: Parameters<typeof chartLimits>[1]): string {
  const limits = chartLimits(values, options);
  return values
    .map(({ value }, i) => {
      const { lower = null, upper = null } = limits[i] ?? {};
      if (value === null) return '?';
      return upper !== null && value > upper ? '+' : lower !== null && value < lower ? '-' : '.';
    })
    .join('');
}

describe('the limits of a CUSUM', () => {
  it('begin at limit and slack, and come nearer with every deviation on one side', () => {
    const [first, second] = chartLimits(ofDeviations(2, 0), cusumRule);
    expect(first?.upper).toBeCloseTo(10 + 4.75 * deviation, 12);
    expect(first?.lower).toBeCloseTo(10 - 4.75 * deviation, 12);
    expect(second?.upper).toBeCloseTo(10 + 3.5 * deviation, 12);
    expect(second?.lower).toBeCloseTo(10 - 4.75 * deviation, 12);
  });

  it.each([
    ['a lasting small change, until two windows are like the reference', 'aaaaaaaa00000', '.....+++.....'],
    ['a change that comes back is one alarm', 'aaaaaaa0ca00', '.....++.++..'],
    ['falls', 'bbbbbbb000', '.....--...'],
    ['windows that are not judged leave the chart where it is', 'aaa?aaaa', '...?..++'],
  ])('%s', (_, drawn, expected) => {
    const size = { a: 1.5, c: 3, b: -1.5, 0: 0, '?': null };
    const values = ofDeviations(...[...drawn].map((of) => size[of as keyof typeof size]));
    expect(marks(values, cusumRule)).toBe(expected);
  });

  it('are open on the side that is no breach', () => {
    expect(chartLimits(ofDeviations(0), { ...cusumRule, direction: 'above' })[0]?.lower).toBeNull();
    expect(chartLimits(ofDeviations(0), { ...cusumRule, direction: 'below' })[0]?.upper).toBeNull();
  });

  it('are no narrower than the noise of the value itself', () => {
    const [limits] = chartLimits([{ value: 10, standardError: 1 }], cusumRule);
    expect(limits?.upper).toBeCloseTo(14.75, 12);
  });
});

it.each([
  ['fewer than six windows', chunks.slice(0, 5), 'learning'],
  ['nothing that varies', chunks.map(() => 10), 'not_applicable'],
])('%s give no limits', (_, of, status) => {
  const limits = chartLimits(ofDeviations(0), { ...cusumRule, chunks: of });
  expect(limits).toEqual([{ lower: null, upper: null, status }]);
});

it('a Page–Hinkley test learns for its first 29 windows', () => {
  const limits = chartLimits(ofDeviations(...new Array<number>(31).fill(0)), {
    ...cusumRule,
    kind: 'page_hinkley',
    size: 50,
  });
  expect(limits.findIndex(({ status }) => status === 'ok')).toBe(29);
});

it.each(['cusum', 'ewma', 'page_hinkley'] as const)(
  '%s finds a change that grows by 0.05 deviations a window within 35 windows in half of the runs',
  (kind) => {
    const { normal } = randomNumbers(9);
    const size = { cusum: 5, ewma: 3, page_hinkley: 10 }[kind];
    const found = Array.from({ length: 200 }, () => {
      const z = Array.from({ length: 90 }, (_, i) => normal() + 0.05 * i);
      const spread = Array.from({ length: 28 }, () => 10 + deviation * normal());
      const drawn = marks(ofDeviations(...z), { ...cusumRule, kind, size, chunks: spread });
      return drawn.indexOf('+') < 0 ? 90 : drawn.indexOf('+');
    }).sort((a, b) => a - b);
    expect(found[100]).toBeLessThan(35);
  },
);
