import { describe, expect, it } from 'vitest';
import {
  changeMetricsOf,
  cohortFilter,
  comparedWith,
  selectionOf,
  sliceMetricsOf,
} from './root-cause-view.ts';

const ord = { field: 'features.origin', op: 'eq' as const, value: 'ORD' };
const far = { field: 'features.distance', op: 'gte' as const, value: 500 };
const near = { field: 'features.distance', op: 'lt' as const, value: 900 };

describe('cohortFilter', () => {
  it('adds every clause of a slice to the filter of the view, none twice', () => {
    expect(cohortFilter(undefined, ord)).toEqual(ord);
    expect(cohortFilter(ord, { and: [far, near] })).toEqual({ and: [ord, far, near] });
    expect(cohortFilter(undefined, { and: [ord, far] })).toEqual({ and: [ord, far] });
    expect(cohortFilter({ and: [ord, far] }, { and: [far, near] })).toEqual({ and: [ord, far, near] });
  });

  it('keeps alternatives together', () => {
    expect(cohortFilter(far, { or: [ord, near] })).toEqual({ and: [far, { or: [ord, near] }] });
    expect(cohortFilter({ or: [far, near] }, ord)).toEqual({ and: [{ or: [far, near] }, ord] });
  });
});

describe('comparedWith', () => {
  it('is the reference where there is one, else the period before', () => {
    expect(comparedWith({}, true)).toBe('reference');
    expect(comparedWith({}, false)).toBe('previous_period');
    expect(comparedWith({ against: 'previous_period' }, true)).toBe('previous_period');
  });

  it('takes both chosen days in, and waits for both', () => {
    const days = { against: 'days' as const, against_from: '2001-02-01', against_to: '2001-02-03' };
    expect(comparedWith(days, true)).toEqual({
      from: '2001-02-01T00:00:00.000Z',
      to: '2001-02-04T00:00:00.000Z',
    });
    expect(comparedWith({ against: 'days', against_from: '2001-02-01' }, true)).toBeUndefined();
    expect(comparedWith({ ...days, against_to: '2001-01-01' }, true)).toBeUndefined();
  });
});

it('offers what the task has, the default first', () => {
  expect(changeMetricsOf('binary_classification')[0]).toBe('accuracy');
  expect(changeMetricsOf('regression')).toContain('rmse');
  expect(changeMetricsOf('regression')).not.toContain('f1');
  expect(sliceMetricsOf('regression')).toEqual(['mae', 'rmse']);
  expect(sliceMetricsOf('ranking')).toEqual([]);
});

it('a selection holds what the view says and nothing else', () => {
  expect(selectionOf({ environment: 'production' }, {})).toEqual({ environment: 'production' });
  expect(
    selectionOf({ environment: 'validation', version: 'v', filter: ord }, { from: 'a', to: 'b' }),
  ).toEqual({
    environment: 'validation',
    version: 'v',
    filter: ord,
    from: 'a',
    to: 'b',
  });
});
