import type { BinSetColumn } from '@plumbline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeProfiles } from '../merge-profiles.ts';
import {
  categoricalColumn,
  constantColumn,
  discreteColumn,
  numericColumn,
  profileColumn,
  profileOf,
} from '../profile-fixture.ts';
import { scoreMetric } from '../score-metric.ts';
import { distinctValuesMetric } from './distinct-values.ts';
import { mostCommonShareMetric } from './most-common-share.ts';

type Value = number | string | null;

const ask = (descriptor: typeof distinctValuesMetric, column: BinSetColumn, ...parts: Value[][]) =>
  scoreMetric({
    descriptor,
    columnKey: column.column,
    binSet: { columns: [column] },
    context: { task: 'regression', positiveLabel: null },
    current: mergeProfiles(
      parts.map((values) => profileOf(values.length, { [column.column]: profileColumn(column, values) })),
    ),
    reference: null,
  });
const repeat = (value: Value, n: number) => new Array<Value>(n).fill(value);

test.each<[string, BinSetColumn, Value[], number, number]>([
  [
    'categories, a rare and an unseen one among them',
    categoricalColumn,
    [...repeat('ORD', 40), 'LAX', 'XNA', 'NEW'],
    4,
    40 / 43,
  ],
  ['unseen ones in front', categoricalColumn, [...repeat('NEW', 40), 'LAX'], 2, 40 / 41],
  ['numbers by value', discreteColumn, [...repeat(0, 20), ...repeat(3, 20), null], 2, 0.5],
  ['a constant', constantColumn, repeat(7, 30), 1, 1],
  ['one number among ranges', numericColumn, repeat(0.3, 30), 1, 1],
])('exactly: %s', (_, column, values, different, share) => {
  expect(ask(distinctValuesMetric, column, values)).toMatchObject({
    status: 'ok',
    value: different,
    exactness: 'exact',
    errorBound: 0,
  });
  const common = ask(mostCommonShareMetric, column, values);
  expect(common).toMatchObject({ status: 'ok', exactness: 'exact', errorBound: 0 });
  expect(common.value).toBeCloseTo(share, 12);
});

test('numbers of ranges have no number of different values, and a share of at most the fullest bin', () => {
  const values = Array.from({ length: 100 }, (_, i) => i / 100);
  expect(ask(distinctValuesMetric, numericColumn, values)).toMatchObject({
    status: 'not_applicable',
    value: null,
  });
  expect(ask(mostCommonShareMetric, numericColumn, values)).toMatchObject({
    value: 0.05,
    exactness: 'binned',
    errorBound: 0.04,
  });
});

const category = fc.constantFrom(
  'ORD',
  'LAX',
  'JFK',
  'XNA',
  ...Array.from({ length: 15 }, (_, i) => `new ${i}`),
  null,
);

test('whatever was merged, the true counts lie within the bound', () => {
  const parts = fc.array(fc.array(category, { minLength: 15, maxLength: 60 }), {
    minLength: 2,
    maxLength: 4,
  });
  fc.assert(
    fc.property(parts, (windows) => {
      const values = windows.flat().filter((value) => value !== null);
      if (values.length < 30) return;
      const counts = new Map<string, number>();
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      const different = ask(distinctValuesMetric, categoricalColumn, ...windows);
      expect(counts.size).toBeGreaterThanOrEqual(different.value ?? Number.NaN);
      expect(counts.size).toBeLessThanOrEqual((different.value ?? 0) + (different.errorBound ?? 0));
      const common = ask(mostCommonShareMetric, categoricalColumn, ...windows);
      const share = Math.max(...counts.values()) / values.length;
      expect(share).toBeLessThanOrEqual((common.value ?? Number.NaN) + 1e-12);
      expect(share).toBeGreaterThanOrEqual((common.value ?? 0) - (common.errorBound ?? 0) - 1e-12);
    }),
    { seed: 3, numRuns: 300 },
  );
});
