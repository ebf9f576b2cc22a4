import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectSchemaChanges, type SchemaEvidence } from './detect-schema-changes.ts';

const rows = (count: number, features: Record<string, number | null>) =>
  Array.from({ length: count }, () => ({ predictedMs: 0, version: '2', features }));
const usual = new Map([['distance', { rows: 100, present: 95 }]]);
const refusedRows = (n: number) => [
  { field: '/features/distance', n, detail: 'expected a number, got "far"' },
];
const state = (kind: 'new' | 'missing' | 'retyped', to: string | null = null) =>
  new Map([['distance', { id: '7', kind, from: null, to }]]);

const evidence = (change: Partial<SchemaEvidence>): SchemaEvidence => ({
  at: new Date(0),
  features: [{ name: 'distance', kind: 'numeric' }],
  newest: rows(60, { distance: 1 }),
  usual: new Map(),
  refused: [],
  received: 100,
  latest: new Map(),
  ...change,
});

describe.each<[string, Partial<SchemaEvidence>, object[]]>([
  ['all is as before', {}, []],
  [
    'nearly every row of the day before had it, the newest have it not',
    { newest: rows(60, { distance: null }), usual },
    [{ kind: 'missing', from: 'numeric', to: null, n: 60, modelVersion: '2', after: null }],
  ],
  ['too few rows came to tell', { newest: rows(49, {}), usual }, []],
  [
    'it was often missing before',
    { newest: rows(60, {}), usual: new Map([['distance', { rows: 100, present: 94 }]]) },
    [],
  ],
  ['it is missing already', { newest: rows(60, {}), usual, latest: state('missing') }, []],
  [
    'a missing one comes again',
    { latest: state('missing') },
    [{ kind: 'back', to: 'numeric', n: 60, after: '7' }],
  ],
  [
    'many rows are refused for its type',
    { refused: refusedRows(10) },
    [{ kind: 'retyped', from: 'numeric', to: 'string', n: 10 }],
  ],
  ['few rows are refused', { refused: refusedRows(9) }, []],
  ['a small share is refused', { refused: refusedRows(10), received: 201 }, []],
  ['it is retyped already', { refused: refusedRows(10), latest: state('retyped', 'string') }, []],
  [
    'refusals ended and rows have it',
    { latest: state('retyped', 'string') },
    [{ kind: 'back', from: 'string', to: 'numeric' }],
  ],
])('when %s', (_, change, expected) => {
  test(`there are ${expected.length} changes`, () => {
    expect(detectSchemaChanges(evidence(change))).toEqual(
      expected.map((one) => expect.objectContaining(one)),
    );
  });
});

test('names with "/" and "~" are found by their pointer', () => {
  const name = 'a/b~c';
  const refused = [{ field: '/features/a~1b~0c', n: 50, detail: 'expected a number, got true' }];
  const found = detectSchemaChanges(evidence({ features: [{ name, kind: 'numeric' }], refused }));
  expect(found).toMatchObject([{ feature: name, kind: 'retyped', to: 'boolean' }]);
});

test('what was put on record is not found again', () => {
  const present = fc.constantFrom<Record<string, number | null>>({ distance: 1 }, { distance: null }, {});
  const any = fc.record({
    newest: fc.tuple(fc.nat(200), present).map(([count, features]) => rows(count, features)),
    refused: fc.nat(100).map(refusedRows),
    received: fc.nat(300),
    usual: fc
      .tuple(fc.nat(100), fc.nat(100))
      .map(([rows, present]) => new Map([['distance', { rows, present: Math.min(rows, present) }]])),
    latest: fc.constantFrom(new Map(), state('new'), state('missing'), state('retyped', 'string')),
  });
  fc.assert(
    fc.property(any, (change) => {
      const [found] = detectSchemaChanges(evidence(change));
      if (!found) return;
      const latest = new Map([['distance', { ...found, id: '8' }]]);
      expect(detectSchemaChanges(evidence({ ...change, latest }))).toEqual([]);
    }),
  );
});
