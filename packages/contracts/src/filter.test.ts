import { describe, expect, it } from 'vitest';
import { parseFilter } from './filter.ts';

const leaf = { field: 'features.origin', op: 'eq', value: 'ORD' };
const nested = (levels: number): unknown => (levels === 0 ? leaf : { not: nested(levels - 1) });

describe('parseFilter', () => {
  it.each([
    ['a leaf', leaf],
    ['and, or, not', { and: [leaf, { or: [leaf, { not: leaf }] }] }],
    ['a list', { field: 'tags.channel', op: 'in', value: ['web', 'shop'] }],
    ['a range', { field: 'prediction_score', op: 'between', value: [0.2, 0.8] }],
    ['no value', { field: 'features.note', op: 'is_null' }],
    ['eight levels', nested(7)],
    ['a feature with an odd name', { field: 'features.a.b[\'c"', op: 'eq', value: 1 }],
  ])('takes %s as it is', (_, filter) => {
    expect(parseFilter(filter)).toEqual({ filter });
  });

  it.each([
    ['an unknown field', { field: 'password', op: 'eq', value: 1 }],
    ['an empty feature name', { field: 'features.', op: 'eq', value: 1 }],
    ['an unknown operator', { field: 'features.a', op: 'matches', value: '^a' }],
    ['between with one value', { field: 'features.a', op: 'between', value: [1] }],
    ['in without a list', { field: 'features.a', op: 'in', value: 1 }],
    ['an empty list', { field: 'features.a', op: 'in', value: [] }],
    ['eq with a list', { field: 'features.a', op: 'eq', value: [1] }],
    ['eq without a value', { field: 'features.a', op: 'eq' }],
    ['is_null with a value', { field: 'features.a', op: 'is_null', value: 1 }],
    ['contains with a number', { field: 'features.a', op: 'contains', value: 1 }],
    ['an empty and', { and: [] }],
    ['a further member', { ...leaf, sql: '1=1' }],
    ['null', null],
    ['a text', 'features.a = 1'],
    ['ten thousand levels', nested(10_000)],
  ])('refuses %s with a reason', (_, filter) => {
    const parsed = parseFilter(filter);
    expect('error' in parsed && parsed.error.length).toBeGreaterThan(0);
  });
});
