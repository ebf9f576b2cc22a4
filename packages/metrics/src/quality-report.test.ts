import { describe, expect, it } from 'vitest';
import {
  categoricalColumn,
  discreteColumn,
  numericColumn,
  profileColumn,
  profileOf,
} from './profile-fixture.ts';
import { qualityReport } from './quality-report.ts';

describe('qualityReport', () => {
  const columns = [numericColumn, categoricalColumn, discreteColumn];
  const { n_events, columns: rows } = qualityReport({
    binSet: { columns },
    reference: null,
    current: profileOf(4, {
      'features.x': profileColumn(numericColumn, [-1, 0.5, 3, null]),
      'features.origin': profileColumn(categoricalColumn, ['ORD', 'XNA', 'NEW', 'NEW']),
      'features.hour': profileColumn(discreteColumn, [0, 1.5, 9, 9]),
    }),
  });
  const [numeric, categorical, discrete] = rows;

  it('counts missing and out-of-range numbers, however few', () => {
    expect(n_events).toBe(4);
    expect(numeric).toMatchObject({
      n: 3,
      missing: 1,
      missing_rate: 0.25,
      missing_rate_reference: null,
      out_of_range: 2,
      unseen: null,
      unseen_rate: null,
      min: -1,
      max: 3,
    });
    expect(numeric?.out_of_range_rate).toBeCloseTo(2 / 3, 12);
    expect(numeric?.standard_deviation).toBeCloseTo(2.0207259, 6);
  });

  it('names unseen categories; rare ones are known', () => {
    expect(categorical).toMatchObject({
      unseen: 2,
      unseen_rate: 0.5,
      unseen_values: [{ value: 'NEW', count: 2 }],
      out_of_range: null,
      out_of_range_rate: null,
      mean: null,
    });
  });

  it('counts unseen discrete numbers, at most these being out of range', () => {
    expect(discrete).toMatchObject({ unseen: 3, unseen_rate: 0.75, out_of_range: 3 });
  });

  it('counts different values where the bins tell, else between bounds', () => {
    expect(rows.map(({ distinct }) => distinct)).toEqual([
      null,
      { at_least: 3, at_most: 3 },
      { at_least: 2, at_most: 4 },
    ]);
  });

  it('has no rates without rows', () => {
    const [row] = qualityReport({
      binSet: { columns: [numericColumn] },
      reference: null,
      current: profileOf(0),
    }).columns;
    expect(row).toMatchObject({ n: 0, missing_rate: null, out_of_range_rate: null, mean: null });
  });

  it('says which column stands still though it varied in the reference, and where that is not certain', () => {
    const still = (values: (number | string)[], before: (number | string)[], column = categoricalColumn) => {
      const side = (list: (number | string)[]) =>
        profileOf(list.length, { [column.column]: profileColumn(column, list) });
      const binSet = { columns: [column] };
      return qualityReport({ binSet, reference: side(before), current: side(values) }).columns[0];
    };
    const repeat = (value: number | string, n: number) => new Array<number | string>(n).fill(value);
    const mixed = [...repeat('ORD', 60), ...repeat('LAX', 40)];
    expect(still(repeat('ORD', 100), mixed)).toMatchObject({
      stands_still: true,
      most_common: { at_least: 1, at_most: 1 },
      most_common_reference: { at_least: 0.6, at_most: 0.6 },
      distinct_reference: { at_least: 2, at_most: 2 },
    });
    expect(still(mixed, mixed)?.stands_still).toBe(false);
    expect(still(repeat('ORD', 100), repeat('ORD', 100))?.stands_still).toBe(false);
    expect(still(repeat('ORD', 29), mixed)?.stands_still).toBeNull();
    const binned = [...repeat(0.31, 99), 0.32];
    expect(still(binned, repeat(0.1, 50).concat(repeat(0.9, 50)), numericColumn)?.stands_still).toBeNull();
  });
});
