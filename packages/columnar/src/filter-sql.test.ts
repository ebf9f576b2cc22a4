import type { FilterLeaf } from '@plumbline/contracts';
import { filterOperators } from '@plumbline/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PartRef } from './columnar.ts';
import { filterSql } from './filter-sql.ts';
import { createParams } from './params.ts';
import { csvRows } from './testing/csv-rows.ts';
import { filterTree } from './testing/filter-tree.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { plainEvents, plainSelection } from './testing/plain-events.ts';
import { random, sampleActual, sampleEvents } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

const model = sampleModel();
const first = sampleEvents(300, 11);
const next = random(12);
const actuals = first.slice(0, 150).map(({ event }, i) => sampleActual(event, next, model.task, 60 + i));
const rows = plainEvents(first, actuals);

let open: OpenColumnar;
let parts: PartRef[];
beforeAll(async () => {
  open = await openColumnar();
  parts = await open.columnar.writeParts(model, await csvRows(open.incoming, first, actuals));
});
afterAll(() => open.close());

const fields = [
  ...model.features.map((feature) => `features.${feature.name}`),
  'features.unknown',
  'tags.channel',
  'tags.x.y',
  'tags.none',
  'prediction_id',
  'prediction_score',
  'prediction_label',
  'actual_label',
  'actual_score',
  'model_version',
  'environment',
];
const scalar = fc.oneof(
  fc.constantFrom(
    'ORD',
    'lax',
    'é',
    '',
    'x"y',
    'n3',
    'late',
    'v1',
    'web',
    'A',
    'line\nbreak',
    "'; DROP TABLE x;--",
    '5',
  ),
  fc.constantFrom(0, 5, 7, 10, 0.5, -1, 3.25, 500_000, -0),
  fc.boolean(),
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const leaf: fc.Arbitrary<FilterLeaf> = fc
  .record({ field: fc.constantFrom(...fields), op: fc.constantFrom(...filterOperators) })
  .chain(({ field, op }): fc.Arbitrary<FilterLeaf> => {
    if (op === 'is_null' || op === 'not_null') return fc.constant({ field, op });
    if (op === 'in' || op === 'not_in')
      return fc.array(scalar, { minLength: 1, maxLength: 5 }).map((value) => ({ field, op, value }));
    if (op === 'between') return fc.tuple(scalar, scalar).map((value) => ({ field, op, value: [...value] }));
    return (op === 'contains' ? fc.constantFrom('', 'O', 'a', '%', '_', 'lin') : scalar).map((value) => ({
      field,
      op,
      value,
    }));
  });
test('a filter selects the events the filter language says', async () => {
  await fc.assert(
    fc.asyncProperty(filterTree(leaf), async (filter) => {
      const found = await open.columnar.listEvents(model, parts, { filter, limit: 1000 });
      const wanted = plainSelection(model, rows, { filter }).map((row) => row.event.prediction_id);
      expect(found.map((row) => row.prediction_id).sort()).toEqual(wanted.sort());
      expect(await open.columnar.count(model, parts, { filter })).toBe(wanted.length);
    }),
    { numRuns: 250 },
  );
});

test.each<[string, FilterLeaf]>([
  ['a value', { field: 'features.origin', op: 'eq', value: `'); drop table x;--` }],
  ['a list', { field: 'features.origin', op: 'in', value: [`"a`, `$1`] }],
  ['a tag name', { field: `tags.'];drop`, op: 'not_null' }],
  ['a feature name', { field: `features.f0; drop`, op: 'is_null' }],
])('%s never reaches the SQL text', (_, filter) => {
  const params = createParams();
  const { sql } = filterSql(model, filter, params);
  expect(sql).not.toContain('drop');
  expect(sql).not.toContain('"a');
});

test.each<[FilterLeaf['op'], FilterLeaf['value'], string[]]>([
  ['eq', 1, ['one']],
  ['eq', true, ['yes']],
  ['ne', 1, ['big', 'word', 'yes']],
  ['in', [1, true, 'web'], ['one', 'word', 'yes']],
  ['not_in', [1, false], ['big', 'word', 'yes']],
  ['eq', 1e21, ['big']],
  ['gt', 0, []],
  ['contains', 'e', ['big', 'word', 'yes']],
])('a tag is text: %s %j', async (op, value, ids) => {
  const tagged = { one: '1', yes: 'true', big: '1e+21', word: 'web' };
  const events = sampleEvents(5, 13).map((row, i) => {
    const [id = 'none', tag] = Object.entries(tagged)[i] ?? [];
    const { tags: _, ...event } = { ...row.event, prediction_id: id };
    return { event: tag === undefined ? event : { ...event, tags: { n: tag } }, actual: null };
  });
  const written = await open.columnar.writeParts(model, await csvRows(open.incoming, events));
  const filter = { field: 'tags.n', op, value };
  const found = await open.columnar.listEvents(model, written, { filter, limit: 10 });
  expect(found.map((row) => row.prediction_id).sort()).toEqual(ids);
});
