import { expect, it } from 'vitest';
import { columnKey, columnName, columnRole } from './column.ts';

it.each([
  ['features.distance', 'distance', 'feature'],
  ['features.prediction_score', 'features.prediction_score', 'feature'],
  ['features.features.a', 'features.features.a', 'feature'],
  ['features.tags.a', 'features.tags.a', 'feature'],
  ['tags.channel', 'tags.channel', 'feature'],
  ['prediction_score', 'prediction_score', 'prediction'],
  ['actual_label', 'actual_label', 'actual'],
])('%s is called %s and has the role %s', (key, name, role) => {
  expect(columnName(key)).toBe(name);
  expect(columnKey(name)).toBe(key);
  expect(columnRole(key)).toBe(role);
});

it('takes a feature by its key as well as by its name', () => {
  expect(columnKey('features.distance')).toBe('features.distance');
});
