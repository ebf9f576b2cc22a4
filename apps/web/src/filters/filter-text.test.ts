import type { Filter } from '@plumbline/contracts';
import { expect, it } from 'vitest';
import { fieldText, filterText } from './filter-text.ts';

it.each([
  ['features.origin_late_share', 'origin_late_share'],
  ['origin_late_share', 'origin_late_share'],
  ['prediction_score', 'prediction score'],
])('the field %s is called %s', (field, text) => {
  expect(fieldText(field)).toBe(text);
});

const origin: Filter = { field: 'features.origin', op: 'eq', value: 'ORD' };
const far: Filter = { field: 'features.distance', op: 'gt', value: 500 };

it.each<[string, Filter]>([
  ['origin is ORD', origin],
  ['origin is one of ORD, LAS', { field: 'features.origin', op: 'in', value: ['ORD', 'LAS'] }],
  ['prediction score between 0.2 and 0.4', { field: 'prediction_score', op: 'between', value: [0.2, 0.4] }],
  ['tag channel is missing', { field: 'tags.channel', op: 'is_null' }],
  ['origin is (empty)', { field: 'features.origin', op: 'eq', value: '' }],
  ['origin is ORD and distance > 500', { and: [origin, far] }],
  ['origin is ORD and (origin is ORD or distance > 500)', { and: [origin, { or: [origin, far] }] }],
  ['not (origin is ORD and distance > 500)', { not: { and: [origin, far] } }],
])('reads %s', (text, filter) => {
  expect(filterText(filter)).toBe(text);
});
