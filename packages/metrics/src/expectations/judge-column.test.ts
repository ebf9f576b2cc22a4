import type { BinSetColumn } from '@plumbline/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  categoricalColumn,
  constantColumn,
  discreteColumn,
  numericColumn,
  profileColumn,
} from '../profile-fixture.ts';
import { judgeColumn, type ValueExpectation } from './judge-column.ts';

const base = { severity: 'warning', enabled: true } as const;
type Value = number | string | null;

const repeat = (value: Value, n: number): Value[] => new Array<Value>(n).fill(value);

function judged(expectation: object, column: BinSetColumn, values: readonly Value[]) {
  const whole = { ...base, column: 'x', ...expectation } as ValueExpectation;
  const { verdict, unexpected, observed } = judgeColumn(whole, column, profileColumn(column, values));
  const counts = unexpected ? [unexpected.atLeast, unexpected.atMost] : [];
  return [verdict.status, verdict.reason, ...counts, ...(observed === undefined ? [] : [observed])];
}

const present = (mostly: number) => ({ kind: 'present', parameters: { mostly } });
const range = (min: number | null, max: number | null, mostly = 1) => ({
  kind: 'range',
  parameters: { min, max, mostly },
});
const known = (mostly: number, ...also: string[]) => ({ kind: 'known_values', parameters: { also, mostly } });
const distinct = (min: number | null, max: number | null) => ({
  kind: 'distinct_values',
  parameters: { min, max },
});
const varied = { kind: 'varied', parameters: { max_share: 0.999 } };
const mean = (min: number | null, max: number | null) => ({ kind: 'mean', parameters: { min, max } });

const half = repeat(0.5, 100);
const names = [...repeat('ORD', 60), ...repeat('LAX', 39)];

describe.each<[string, object, BinSetColumn, Value[], unknown[]]>([
  ['no rows', present(0.9), numericColumn, [], ['unknown', 'no_rows', 0, 0]],
  [
    '29 rows are too few to be met',
    present(0.9),
    numericColumn,
    half.slice(0, 29),
    ['unknown', 'too_few_rows', 0, 0],
  ],
  ['30 rows are enough', present(0.9), numericColumn, half.slice(0, 30), ['met', null, 0, 0]],
  [
    'as many as allowed',
    present(0.9),
    numericColumn,
    [...half.slice(0, 90), ...repeat(null, 10)],
    ['met', null, 10, 10],
  ],
  [
    'more, which may be chance',
    present(0.9),
    numericColumn,
    [...half.slice(0, 88), ...repeat(null, 12)],
    ['unknown', 'not_certain', 12, 12],
  ],
  [
    'more than chance explains',
    present(0.9),
    numericColumn,
    [...half.slice(0, 80), ...repeat(null, 20)],
    ['broken', null, 20, 20],
  ],
  ['one of two rows where all must', present(1), numericColumn, [0.5, null], ['broken', null, 1, 1]],
  ['inside, within a bin', range(0.13, 0.87), numericColumn, half, ['met', null, 0, 0]],
  [
    'outside the reference, exactly',
    range(0, 1),
    numericColumn,
    [...half, -1, 1.5, 1, 0],
    ['broken', null, 2, 2],
  ],
  [
    'an end within a bin leaves its rows open',
    range(0, 0.52, 0.5),
    numericColumn,
    [...repeat(0.1, 50), ...repeat(0.51, 30), 0.54, 0.9],
    ['met', null, 1, 32],
  ],
  ['open below', range(null, 1), numericColumn, [...half, -100], ['met', null, 0, 0]],
  ['discrete numbers', range(1, 2), discreteColumn, [...repeat(1, 50), 0, 3, 3], ['broken', null, 3, 3]],
  ['a constant that left', range(7, 7), constantColumn, [...repeat(7, 40), 8], ['broken', null, 1, 1]],
  ['a range of categories is not known', range(0, 1), categoricalColumn, names, ['unknown', 'not_known']],
  ['known and rare categories', known(1), categoricalColumn, [...names, 'XNA'], ['met', null, 0, 0]],
  ['an unseen one', known(1), categoricalColumn, [...names, 'NEW'], ['broken', null, 1, 1]],
  ['an accepted one', known(1, 'NEW'), categoricalColumn, [...names, 'NEW'], ['met', null, 0, 0]],
  ['an unseen number', known(1), discreteColumn, [...repeat(1, 50), 1.5], ['broken', null, 1, 1]],
  ['ranges do not tell what was unseen', known(1), numericColumn, half, ['unknown', 'not_known']],
  ['distinct values', distinct(2, 2), categoricalColumn, names, ['met', null, 2]],
  ['too many', distinct(1, 2), categoricalColumn, [...names, 'JFK'], ['broken', null, 3]],
  ['too few', distinct(3, null), categoricalColumn, names, ['broken', null, 2]],
  ['too few in few rows', distinct(6, null), categoricalColumn, names, ['unknown', 'too_few_rows', 2]],
  ['one value among ranges', distinct(2, null), numericColumn, half, ['broken', null, 1]],
  ['many values among ranges', distinct(2, null), numericColumn, [...half, 0.4], ['unknown', 'not_known']],
  ['a column that stands still', varied, categoricalColumn, repeat('ORD', 200), ['broken', null, 1]],
  ['numbers that stand still', varied, numericColumn, repeat(0.3, 200), ['broken', null, 1]],
  ['too few rows to stand still', varied, numericColumn, half, ['unknown', 'too_few_rows', 1]],
  [
    'a column that varies',
    varied,
    categoricalColumn,
    [...names, ...names, ...names],
    ['met', null, 180 / 297],
  ],
  ['numbers that vary', varied, numericColumn, Array.from({ length: 200 }, (_, i) => i / 200), ['met', null]],
  ['numbers of one range', varied, numericColumn, [...repeat(0.31, 199), 0.32], ['unknown', 'not_certain']],
  ['a mean inside', mean(0, 1), numericColumn, half, ['met', null, 0.5]],
  ['a mean outside', mean(0.6, null), numericColumn, half, ['broken', null, 0.5]],
  [
    'a mean outside, by chance',
    mean(0.51, 1),
    numericColumn,
    [...repeat(0, 50), ...repeat(1, 50)],
    ['unknown', 'not_certain', 0.5],
  ],
])('%s', (_, expectation, column, values, expected) => {
  test('is judged', () => expect(judged(expectation, column, values)).toEqual(expected));
});

/** Great Expectations: success when the share of unexpected values is at most 1 − mostly. */
const succeeds = (unexpected: number, of: number, mostly: number) => unexpected / of <= 1 - mostly + 1e-12;

const value = fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), fc.constantFrom(0, 1, 0.25, 0.5, null));

test('met is what succeeds by counting rows, broken is what fails; with no tolerance nothing is in between', () => {
  const cases = fc.record({
    values: fc.array(value, { minLength: 30, maxLength: 200 }),
    low: fc.constantFrom(0, 0.25, 0.5, 0.1),
    high: fc.constantFrom(0.5, 0.75, 1, 0.83),
    mostly: fc.constantFrom(1, 0.99, 0.9, 0.5),
  });
  fc.assert(
    fc.property(cases, ({ values, low, high, mostly }) => {
      const numbers = values.filter((x) => x !== null);
      const outside = numbers.filter((x) => x < low || x > high).length;
      const profile = profileColumn(numericColumn, values);
      const expectation = { ...base, column: 'x', ...range(low, high, mostly) } as ValueExpectation;
      const { verdict, unexpected } = judgeColumn(expectation, numericColumn, profile);
      expect(unexpected?.atLeast).toBeLessThanOrEqual(outside);
      expect(unexpected?.atMost).toBeGreaterThanOrEqual(outside);
      if (verdict.status === 'met') expect(succeeds(outside, numbers.length, mostly)).toBe(true);
      if (verdict.status === 'broken') expect(succeeds(outside, numbers.length, mostly)).toBe(false);
      const isOnEdges = low !== 0.1 && high !== 0.83;
      if (isOnEdges && mostly === 1 && numbers.length >= 30)
        expect(verdict.status).toBe(outside === 0 ? 'met' : 'broken');
      const missing = values.length - numbers.length;
      const ofMissing = judgeColumn(
        { ...base, column: 'x', ...present(mostly) } as ValueExpectation,
        numericColumn,
        profile,
      );
      if (ofMissing.verdict.status === 'met') expect(succeeds(missing, values.length, mostly)).toBe(true);
      if (ofMissing.verdict.status === 'broken') expect(succeeds(missing, values.length, mostly)).toBe(false);
    }),
    { seed: 11, numRuns: 400 },
  );
});
