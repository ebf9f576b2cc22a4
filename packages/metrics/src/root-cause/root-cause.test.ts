import type { Dimension, Segment } from '@plumbline/contracts';
import { levelCount } from '@plumbline/contracts';
import { mergeMoments, neumaierSum } from '@plumbline/stats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../random-fixture.ts';
import { changeRule } from './change-rule.ts';
import { dimensionOf } from './dimensions.ts';
import { explainChange } from './explain-change.ts';
import { levelPredicate } from './level-predicate.ts';
import { meanChange } from './mean-change.ts';
import { mixableMetrics } from './mixable-metrics.ts';
import { ratioChange } from './ratio-change.ts';

const noOutcomes = { tp: 0, fp: 0, fn: 0, tn: 0 };
const bare = { outcomes: noOutcomes, positives: new Float64Array(), negatives: new Float64Array() };

function segmentOf(values: readonly number[]): Segment {
  const moments = values.reduce((sum, value) => mergeMoments(sum, { n: 1, mean: value, m2: 0 }), {
    n: 0,
    mean: 0,
    m2: 0,
  });
  return { ...bare, events: values.length, moments };
}

describe('dimensionOf', () => {
  const numeric = (bins: number) =>
    dimensionOf({
      column: 'features.x',
      kind: 'numeric',
      bins: { layout: 'numeric', edges: Array.from({ length: bins + 1 }, (_, i) => i) },
    });

  test('groups neighbouring bins to at most ten, open at both ends', () => {
    expect(numeric(20).levels).toEqual({ cuts: [2, 4, 6, 8, 10, 12, 14, 16, 18] });
    expect(numeric(3).levels).toEqual({ cuts: [1, 2] });
    expect(numeric(1).levels).toEqual({ cuts: [] });
    for (const bins of [11, 13, 17, 19]) expect(levelCount(numeric(bins))).toBe(11);
  });

  test('keeps the 20 most frequent categories, and booleans as such', () => {
    const values = Array.from({ length: 30 }, (_, i) => `v${i}`);
    const bins = { layout: 'categorical' as const, values, rare: [] };
    expect(levelCount(dimensionOf({ column: 'features.c', kind: 'categorical', bins }))).toBe(22);
    expect(dimensionOf({ column: 'features.b', kind: 'boolean', bins }).levels).toEqual({
      values: [true, false],
    });
  });
});

test('predicates of all levels part the values: each fits exactly one', () => {
  const dimension: Dimension = { field: 'features.x', levels: { cuts: [1, 2.5] } };
  const all = Array.from({ length: levelCount(dimension) }, (_, code) => levelPredicate(dimension, code));
  expect(all.map(({ label }) => label)).toEqual(['below 1', '1 to below 2.5', '2.5 and more', 'missing']);
  const holds = (value: number, { leaves }: (typeof all)[number]) =>
    leaves.every(({ op, value: bound }) =>
      op === 'gte' ? value >= Number(bound) : op === 'lt' ? value < Number(bound) : false,
    );
  for (const value of [-1, 1, 2, 2.5, 99]) expect(all.filter((one) => holds(value, one))).toHaveLength(1);
});

describe('meanChange', () => {
  /** Three segments whose shares and means move; exponential values. */
  const drawn = (next: () => number, rows: number, shares: readonly number[], means: readonly number[]) => {
    const values: number[][] = [[], [], []];
    for (let i = 0; i < rows; i++) {
      const at = next();
      const segment = at < (shares[0] ?? 0) ? 0 : at < (shares[0] ?? 0) + (shares[1] ?? 0) ? 1 : 2;
      values[segment]?.push(-Math.log(1 - next()) * (means[segment] ?? 0));
    }
    return values.map(segmentOf);
  };

  test('95% intervals hold the true contribution in 93 to 97% of 1,500 draws', () => {
    const next = randomNumbers(5).uniform;
    const [w0, w1, m0, m1] = [
      [0.5, 0.3, 0.2],
      [0.3, 0.3, 0.4],
      [1, 2, 3],
      [1, 2.6, 3],
    ];
    const truth = mixOf(w0, w1, m0, m1);
    let held = 0;
    for (let run = 0; run < 1500; run++) {
      const parts = meanChange(drawn(next, 300, w0, m0), drawn(next, 200, w1, m1))?.parts ?? [];
      for (const [i, { lower, upper }] of parts.entries())
        if ((lower ?? 9) <= (truth[i] ?? 0) && (truth[i] ?? 0) <= (upper ?? -9)) held++;
    }
    expect(held / 4500).toBeGreaterThan(0.93);
    expect(held / 4500).toBeLessThan(0.97);
  });

  test('where nothing happened, concentration is what chance gives, on average', () => {
    const next = randomNumbers(6).uniform;
    const [shares, means] = [
      [0.5, 0.3, 0.2],
      [1, 2, 3],
    ];
    const excesses = Array.from({ length: 400 }, () => {
      const found = meanChange(drawn(next, 300, shares, means), drawn(next, 300, shares, means));
      return [found?.concentration ?? 0, found?.chance ?? 0];
    });
    const mean = (column: number) =>
      (neumaierSum(excesses.map((row) => row[column] ?? 0)) ?? 0) / excesses.length;
    expect(Math.abs(mean(0) / mean(1) - 1)).toBeLessThan(0.06);
  });

  function mixOf(w0: number[], w1: number[], m0: number[], m1: number[]): number[] {
    const total = (w: number[], m: number[]) => w.reduce((sum, share, i) => sum + share * (m[i] ?? 0), 0);
    const middle = (total(w0, m0) + total(w1, m1)) / 2;
    return w0.map((before, i) => {
      const after = w1[i] ?? 0;
      return after * (m1[i] ?? 0) - before * (m0[i] ?? 0) - (after - before) * middle;
    });
  }
});

test('ratioChange adds up to the change of the whole, with many segments put together', () => {
  const cell = fc.nat(50);
  const outcomes = fc.record({ tp: cell, fp: cell, fn: cell, tn: cell });
  const side = fc.array(outcomes, { minLength: 14, maxLength: 14 });
  const f1 = mixableMetrics.f1;
  if (!f1) throw new Error('f1 cannot be mixed');
  fc.assert(
    fc.property(side, side, (a, b) => {
      const [before, after] = [a, b].map((cells) =>
        cells.map((one) => ({ ...bare, ...segmentOf([]), outcomes: one })),
      ) as [Segment[], Segment[]];
      const found = ratioChange(before, after, f1);
      const of = (segments: Segment[]) => f1.valueOf(segments.map((segment) => ({ segment, weight: 1 })));
      const [v0, v1] = [of(before), of(after)];
      if (!found || v0 === undefined || v1 === undefined) return;
      expect(found.parts.length).toBeLessThanOrEqual(10);
      expect(found.parts.flatMap(({ codes }) => codes).sort((x, y) => x - y).length).toBeLessThanOrEqual(14);
      const sum = found.parts.reduce((total, { contribution }) => total + contribution, 0);
      expect(sum).toBeCloseTo(v1 - v0, 10);
    }),
    { numRuns: 20 },
  );
});

test('the dimension whose segments moved apart comes first, one with a single segment not at all', () => {
  const rule = changeRule('mae', 'regression', null);
  if (!rule) throw new Error('mae has no rule');
  const constant = (value: number, n: number) =>
    segmentOf(Array.from({ length: n }, (_, i) => value + (i % 2) / 10));
  const none = segmentOf([]);
  const of = (field: string): Dimension => ({ field, levels: { values: ['a'] } });
  const whole = (value: number) => [none, constant(value, 200), none];
  const found = explainChange(
    {
      metric: 'mae',
      rule,
      dimensions: [of('whole'), of('even'), of('one'), of('uneven')],
      before: [
        whole(1),
        [constant(1, 100), constant(1, 100), none],
        [constant(1, 200), none, none],
        [constant(1, 100), constant(1, 100), none],
      ],
      after: [
        whole(2),
        [constant(2, 100), constant(2, 100), none],
        [constant(2, 200), none, none],
        [constant(3, 100), constant(1, 100), none],
      ],
      scale: 1,
    },
    10,
  );
  expect(found.dimensions.map(({ field }) => field)).toEqual(['uneven', 'even']);
  expect(found.change).toBeCloseTo(1, 12);
  expect(found.dimensions[0]?.segments[0]).toMatchObject({ label: 'a', contribution: expect.closeTo(1, 12) });
  expect(found.dimensions[0]?.concentration).toBeCloseTo(0.5, 12);
});
