import type { Filter } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { clausesOf, filterOf, narrowFilter } from './filter-clauses.ts';

const a: Filter = { field: 'features.a', op: 'eq', value: 1 };
const b: Filter = { field: 'features.b', op: 'eq', value: 2 };

describe('clauses', () => {
  it.each<[string, Filter | undefined]>([
    ['nothing', undefined],
    ['one comparison', a],
    ['all of', { and: [a, b] }],
    ['any of', { or: [a, b] }],
    ['a nested group', { and: [a, { or: [a, b] }] }],
    ['a negation', { not: a }],
  ])('come back as the same filter: %s', (_, filter) => {
    expect(filterOf(clausesOf(filter))).toEqual(filter);
  });
  it('removing the last clause leaves no filter', () => {
    expect(filterOf({ joiner: 'or', clauses: [] })).toBeUndefined();
  });
});

describe('narrowFilter', () => {
  it.each<[string, Filter | undefined, Filter]>([
    ['nothing becomes the clause', undefined, b],
    ['one comparison becomes an and', a, { and: [a, b] }],
    ['an or is kept whole inside an and', { or: [a, a] }, { and: [{ or: [a, a] }, b] }],
    ['a clause that is there already changes nothing', { and: [a, b] }, { and: [a, b] }],
  ])('%s', (_, filter, expected) => {
    expect(narrowFilter(filter, b)).toEqual(expected);
  });
});
