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
});
