import { filterSchema } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { operatorsOf, readFilterValue } from './filter-fields.ts';

describe('readFilterValue', () => {
  it.each([
    ['number', 'gte', ['18'], { value: 18 }],
    ['number', 'between', ['1', '2'], { value: [1, 2] }],
    ['text', 'in', ['ORD', 'LAS'], { value: ['ORD', 'LAS'] }],
    ['text', 'eq', ['7'], { value: '7' }],
    ['boolean', 'eq', ['true'], { value: true }],
    ['text', 'is_null', [], { value: undefined }],
    ['number', 'gte', ['far'], { error: 'Enter a number' }],
    ['number', 'gte', [''], { error: 'Enter a number' }],
    ['number', 'between', ['2', '1'], { error: 'The first number must not be larger' }],
    ['number', 'between', ['2'], { error: 'Enter a value' }],
    ['text', 'in', [], { error: 'Enter a value' }],
  ] as const)('%s %s %j gives %j', (kind, op, texts, expected) => {
    expect(readFilterValue(kind, op, [...texts])).toEqual(expected);
  });

  it('every offered operator makes a filter the contract takes', () => {
    const samples = { number: ['1', '2'], text: ['a', 'b'], boolean: ['true'] } as const;
    for (const kind of ['number', 'text', 'boolean'] as const) {
      for (const op of operatorsOf[kind]) {
        const read = readFilterValue(kind, op, [...samples[kind]]);
        const value = 'value' in read && read.value !== undefined ? { value: read.value } : {};
        expect(filterSchema.safeParse({ field: 'features.x', op, ...value }).success, `${kind} ${op}`).toBe(
          true,
        );
      }
    }
  });
});
