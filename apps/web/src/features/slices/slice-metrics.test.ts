import { expect, it } from 'vitest';
import { accuracyInterval, sliceClause } from './slice-metrics.ts';

it('a missing value becomes is_null, any other an equality', () => {
  expect(sliceClause('features.origin', null)).toEqual({ field: 'features.origin', op: 'is_null' });
  expect(sliceClause('features.origin', 'ORD')).toEqual({ field: 'features.origin', op: 'eq', value: 'ORD' });
});

it('the interval comes from labelled events and exists for accuracy only', () => {
  const row = { group: {}, metrics: { accuracy: 0.8, recall: 0.5 }, n: 500, n_labelled: 100 };
  expect(accuracyInterval(row, 'recall')).toBeUndefined();
  const interval = accuracyInterval(row, 'accuracy');
  expect(interval?.lower).toBeCloseTo(0.711, 3);
  expect(interval?.upper).toBeCloseTo(0.867, 3);
});
