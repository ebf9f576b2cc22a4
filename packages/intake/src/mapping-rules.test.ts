import { type MappingRule, mappingRules } from '@plumbline/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapRows } from './mapping-rules.ts';

const mapped = (rules: MappingRule[], row: unknown) => {
  const [posted] = mapRows(mappingRules.parse(rules), [{ index: 0, row }]);
  return posted && 'row' in posted ? posted.row : undefined;
};
const convert = (
  from: 'string' | 'number' | 'boolean',
  to: 'string' | 'number' | 'boolean',
  value: unknown,
) => {
  const rule = { field: 'features.x', from, to } as MappingRule;
  return (mapped([rule], { features: { x: value } }) as { features: { x: unknown } }).features.x;
};

describe('a conversion', () => {
  test.each([
    ['string', 'number', '12.5', 12.5],
    ['string', 'number', ' -1e3 ', -1000],
    ['string', 'number', '.5', 0.5],
    ['string', 'number', 'far', 'far'],
    ['string', 'number', '', ''],
    ['string', 'number', '0x10', '0x10'],
    ['string', 'number', 'Infinity', 'Infinity'],
    ['string', 'number', '1e999', '1e999'],
    ['string', 'number', '9007199254740993', '9007199254740993'],
    ['string', 'number', true, true],
    ['number', 'string', 7, '7'],
    ['number', 'string', 2 ** 53, 2 ** 53],
    ['number', 'boolean', 1, true],
    ['number', 'boolean', 2, 2],
    ['string', 'boolean', 'TRUE', true],
    ['string', 'boolean', 'yes', 'yes'],
    ['boolean', 'number', false, 0],
    ['boolean', 'string', true, 'true'],
  ] as const)('%s to %s makes of %j %j', (from, to, value, result) => {
    expect(convert(from, to, value)).toBe(result);
  });
});

test.each<[string, MappingRule, object, object]>([
  [
    'inside a group',
    { rename: 'features.dist', to: 'features.d' },
    { features: { dist: 1 } },
    { features: { d: 1 } },
  ],
  ['into a new group', { rename: 'distance', to: 'features.d' }, { distance: 1 }, { features: { d: 1 } }],
  [
    'of a field of the row',
    { rename: 'inferenceId', to: 'prediction_id' },
    { inferenceId: 'a' },
    { prediction_id: 'a' },
  ],
  [
    'of a name with dots',
    { rename: 'tags.a.b', to: 'tags.c' },
    { tags: { 'a.b': 'x' } },
    { tags: { c: 'x' } },
  ],
  ['onto a value', { rename: 'a', to: 'b' }, { a: 1, b: 2 }, { a: 1, b: 2 }],
  ['of what is not there', { rename: 'a', to: 'b' }, { c: 1 }, { c: 1 }],
  [
    'into what is no object',
    { rename: 'a', to: 'features.b' },
    { a: 1, features: [1] },
    { a: 1, features: [1] },
  ],
  [
    'of an inherited name',
    { rename: 'features.toString', to: 'features.b' },
    { features: {} },
    { features: {} },
  ],
])('a rename %s', (_, rule, row, result) => {
  expect(mapped([rule], row)).toEqual(result);
});

test('listed values become null, by type and value', () => {
  const rule: MappingRule = { field: 'features.x', set_missing: ['n/a', -1] };
  const values = ['n/a', -1, '-1', 'N/A', 0].map((x) => mapped([rule], { features: { x } }));
  expect(values).toEqual([null, null, '-1', 'N/A', 0].map((x) => ({ features: { x } })));
});

test('rules apply in order', () => {
  const rules: MappingRule[] = [
    { rename: 'features.a', to: 'features.b' },
    { field: 'features.b', set_missing: [''] },
    { field: 'features.b', from: 'string', to: 'number' },
  ];
  expect(mapped(rules, { features: { a: '4' } })).toEqual({ features: { b: 4 } });
  expect(mapped(rules, { features: { a: '' } })).toEqual({ features: { b: null } });
});

test('what was posted stays as it was, and a row no rule fits is handed on itself', () => {
  const name = fc.constantFrom('a', 'b', '__proto__', 'c.d');
  const row = fc.oneof(
    fc.jsonValue(),
    fc.record({ features: fc.dictionary(name, fc.jsonValue()), a: fc.jsonValue() }),
  );
  const path = fc.constantFrom('features.a', 'features.c.d', 'a', 'tags.a');
  const rule = fc.oneof(
    fc.record({ field: path, from: fc.constant('string' as const), to: fc.constant('number' as const) }),
    fc.record({ rename: path, to: fc.constant('features.b') }),
    fc.record({ field: path, set_missing: fc.array(fc.string(), { minLength: 1 }) }),
  );
  fc.assert(
    fc.property(row, fc.array(rule), (posted, rules) => {
      const before = JSON.stringify(posted);
      const [result] = mapRows(rules, [{ index: 3, row: posted }]);
      expect(JSON.stringify(posted)).toBe(before);
      expect(result?.index).toBe(3);
      if (result && 'asPosted' in result) expect(result.asPosted).toBe(posted);
      else expect(result).toEqual({ index: 3, row: posted });
    }),
  );
});

test('no rules cost nothing: the same list comes back', () => {
  const rows = [{ index: 0, row: {} }];
  expect(mapRows([], rows)).toBe(rows);
});
