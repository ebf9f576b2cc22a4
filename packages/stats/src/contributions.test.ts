import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adtributor } from './adtributor.ts';
import { expectClose } from './expect-close.ts';
import { mixRate, type SegmentMeans } from './mix-rate.ts';
import { readFixture } from './read-fixture.ts';
import { shapleyValues } from './shapley-values.ts';

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('mixRate', () => {
  const segments: SegmentMeans[] = [
    { weightBefore: 0.5, meanBefore: 0.9, weightAfter: 0.4, meanAfter: 0.9 },
    { weightBefore: 0.3, meanBefore: 0.8, weightAfter: 0.3, meanAfter: 0.7 },
    { weightBefore: 0.2, meanBefore: 0.7, weightAfter: 0.3, meanAfter: 0.7 },
  ];

  test('rate and mix of three segments', () => {
    const found = mixRate(segments);
    for (const [i, expected] of [0, -0.03, 0].entries())
      expectClose(found?.segments[i]?.rate, expected, 1e-12);
    for (const [i, expected] of [-0.0095, 0, -0.0105].entries())
      expectClose(found?.segments[i]?.mix, expected, 1e-12);
    expectClose((found?.after ?? 0) - (found?.before ?? 0), -0.05, 1e-12);
  });

  test('weights may be counts', () => {
    const counted = segments.map((segment) => ({
      ...segment,
      weightBefore: segment.weightBefore * 1000,
      weightAfter: segment.weightAfter * 70,
    }));
    const found = mixRate(counted)?.segments ?? [];
    for (const [i, { contribution }] of (mixRate(segments)?.segments ?? []).entries())
      expectClose(found[i]?.contribution, contribution, 1e-12);
  });

  test('contributions add up to the change, whatever segments come and go', () => {
    const weight = fc.nat(1000);
    const mean = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const any = fc.array(fc.tuple(weight, weight, mean, mean), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(any, (rows) => {
        const drawn = rows.map(([weightBefore, weightAfter, m0, m1]) => ({
          weightBefore,
          weightAfter,
          meanBefore: weightBefore > 0 ? m0 : undefined,
          meanAfter: weightAfter > 0 ? m1 : undefined,
        }));
        const found = mixRate(drawn);
        const has = (key: 'weightBefore' | 'weightAfter') => drawn.some((row) => row[key] > 0);
        expect(found !== undefined).toBe(has('weightBefore') && has('weightAfter'));
        if (!found) return;
        expectClose(
          sum(found.segments.map(({ contribution }) => contribution)),
          found.after - found.before,
          1e-9,
        );
        for (const [i, segment] of found.segments.entries())
          if (drawn[i]?.weightBefore === 0) expect(segment.rate).toBe(0);
      }),
    );
  });
});

describe('shapleyValues', () => {
  test('two background rows', () => {
    const f = ([a = 0, b = 0, c = 0]: number[]) => 2 * a + b * c;
    const row = [1, 2, 3];
    const background = [
      [0, 0, 0],
      [1, 1, 0],
    ];
    const worthOf = (coalition: number) =>
      sum(
        background.map((values) =>
          f(values.map((value, i) => (coalition & (1 << i) ? (row[i] ?? 0) : value))),
        ),
      ) / 2;
    const found = shapleyValues(3, worthOf);
    expectClose(worthOf(0), 1, 1e-12);
    for (const [i, expected] of [1, 2.25, 3.75].entries()) expectClose(found?.[i], expected, 1e-12);
    expectClose(worthOf(7), 8, 1e-12);
  });

  const fixture = readFixture<{
    shapley: { weights: number[]; background: number[][]; row: number[]; base: number; values: number[] }[];
  }>('root-cause');

  test.each(fixture.shapley)('equals shap, base $base', ({ weights, background, row, base, values }) => {
    const f = (x: number[]) =>
      sum(x.map((value, i) => value * (weights[i] ?? 0))) +
      (x[0] ?? 0) * (x.at(-1) ?? 0) +
      Math.sin(x[1] ?? 0);
    const worthOf = (coalition: number) =>
      sum(
        background.map((rest) => f(rest.map((value, i) => (coalition & (1 << i) ? (row[i] ?? 0) : value)))),
      ) / background.length;
    expectClose(worthOf(0), base, 1e-9);
    const found = shapleyValues(row.length, worthOf);
    for (const [i, expected] of values.entries()) expectClose(found?.[i], expected, 1e-9);
  });

  test('add up; who adds nothing gets nothing; equals get equal', () => {
    const gains = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(gains, (values) => {
        // Player 4 adds nothing, players 2 and 3 are interchangeable.
        const worthOf = (coalition: number) => {
          const both = ((coalition >> 2) & 1) + ((coalition >> 3) & 1);
          return values[(coalition & 3) + 4 * both] ?? 0;
        };
        const found = [...(shapleyValues(5, worthOf) ?? [])];
        expectClose(sum(found), worthOf(31) - worthOf(0), 1e-9);
        expectClose(found[4], 0, 1e-12);
        expectClose(found[2], found[3] ?? 0, 1e-9);
      }),
    );
  });

  test('undefined as soon as a coalition has no value; nobody is nobody', () => {
    expect(shapleyValues(2, (coalition) => (coalition === 2 ? undefined : 1))).toBeUndefined();
    expect(shapleyValues(0, () => 1)).toHaveLength(0);
    expect(() => shapleyValues(16, () => 1)).toThrow(RangeError);
  });
});

describe('adtributor', () => {
  const elements = [
    { forecast: 50, actual: 24 },
    { forecast: 20, actual: 21 },
    { forecast: 20, actual: 4 },
    { forecast: 10, actual: 1 },
  ];

  test('explanatory power and surprise', () => {
    const found = adtributor(elements);
    for (const [i, expected] of [0.52, -0.02, 0.32, 0.18].entries())
      expectClose(found?.elements[i]?.explanatoryPower, expected, 1e-12);
    for (const [i, expected] of [0.000102, 0.019948, 0.013283, 0.014555].entries())
      expect(Math.abs((found?.elements[i]?.surprise ?? 1) - expected)).toBeLessThan(5e-7);
  });

  test('takes the most surprising elements that explain at least a tenth each, until two thirds are explained', () => {
    const found = adtributor(elements);
    expect(found?.elements.map(({ isSelected }) => isSelected)).toEqual([true, false, true, true]);
    expect(found?.isExplained).toBe(true);
    expectClose(found?.surprise, 0.000102 + 0.013283 + 0.014555, 1e-5);
    expect(adtributor(elements, { explained: 0.3 })?.elements.map(({ isSelected }) => isSelected)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test('undefined without a change or a total', () => {
    expect(adtributor([{ forecast: 3, actual: 3 }])).toBeUndefined();
    expect(adtributor([{ forecast: 0, actual: 3 }])).toBeUndefined();
    expect(adtributor([])).toBeUndefined();
  });
});
