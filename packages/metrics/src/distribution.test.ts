import type { BinSetColumn } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { distribution } from './distribution.ts';
import {
  categoricalColumn,
  constantColumn,
  discreteColumn,
  numericColumn,
  profileColumn,
  spreadValues,
} from './profile-fixture.ts';

describe('distribution', () => {
  it('labels numeric bins by their ranges, the last one closed, between the open ones', () => {
    const current = profileColumn(numericColumn, [-1, 0.01, 1, 2]);
    const { bins } = distribution(numericColumn, profileColumn(numericColumn, spreadValues(100)), current);
    expect(bins).toHaveLength(22);
    expect(bins[0]).toMatchObject({ kind: 'below', from: null, to: 0, current_count: 1, reference_count: 0 });
    expect(bins[1]).toMatchObject({
      label: '[0, 0.05)',
      kind: 'range',
      reference_share: 0.05,
      current_share: 0.25,
    });
    expect(bins[20]).toMatchObject({ label: '[0.95, 1]', current_count: 1 });
    expect(bins[21]).toMatchObject({ label: 'above', kind: 'above', from: 1, to: null, current_count: 1 });
  });

  it.each([
    ['discrete', discreteColumn, ['0', '1', '2', '3', 'unseen']],
    ['constant', constantColumn, ['7', 'unseen']],
    ['categorical', categoricalColumn, ['ORD', 'LAX', 'JFK', 'other', 'unseen']],
  ])('has a bin for every value of a %s column', (_, column, labels) => {
    const { bins } = distribution(column, null, profileColumn(column, []));
    expect(bins.map(({ label }) => label)).toEqual(labels);
    expect(bins[0]).toMatchObject({ reference_count: null, reference_share: null, current_share: null });
  });

  it('folds many categories into 60 bins without losing a row, keeping the large ones', () => {
    const values = Array.from({ length: 100 }, (_, i) => `c${i}`);
    const column: BinSetColumn = {
      column: 'features.c',
      kind: 'categorical',
      bins: { layout: 'categorical', values, rare: [] },
    };
    const current = profileColumn(column, [...values, ...new Array<string>(50).fill('c99'), 'new']);
    const { bins } = distribution(column, profileColumn(column, values), current);
    expect(bins).toHaveLength(60);
    expect(bins.map(({ label }) => label)).toContain('c99');
    expect(bins.reduce((sum, bin) => sum + bin.current_count, 0)).toBe(current.n);
    expect(bins.reduce((sum, bin) => sum + (bin.reference_count ?? 0), 0)).toBe(100);
  });
});
