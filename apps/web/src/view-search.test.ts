import { environments, type Filter, type FilterLeaf, granularities } from '@plumbline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-serialization.ts';
import { keepView, rangePresets, viewDefaults, viewQuery, viewSearch, viewWindow } from './view-search.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((t) => t.isWellFormed());
const leaf = fc.oneof(
  fc.record({
    field: fc.constant('features.origin'),
    op: fc.constantFrom('eq', 'ne', 'contains'),
    value: text,
  }),
  fc.record({
    field: fc.constant('prediction_score'),
    op: fc.constantFrom('lt', 'gte'),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
  }),
  fc.record({
    field: fc.constant('tags.channel'),
    op: fc.constant('in'),
    value: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ field: fc.constant('actual_label'), op: fc.constant('is_null') }),
) as fc.Arbitrary<FilterLeaf>;
const group = (parts: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> => {
  const list = fc.array(parts, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    parts,
    list.map((and) => ({ and })),
    list.map((or) => ({ or })),
    parts.map((not) => ({ not })),
  );
};
const day = fc
  .date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const view = fc.record(
  {
    version: text,
    environment: fc.constantFrom(...environments),
    range: fc.constantFrom(...rangePresets),
    from: day,
    to: day,
    granularity: fc.constantFrom(...granularities),
    filter: group(group(leaf)),
  },
  { requiredKeys: [] },
);

const strip = (search: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(search).filter(([key, value]) => (viewDefaults as Record<string, unknown>)[key] !== value),
  );

describe('view search', () => {
  it('survives the round trip through the URL, whatever the state', () => {
    fc.assert(
      fc.property(view, (input) => {
        const state = viewSearch.parse(input);
        expect(viewSearch.parse(parseSearch(stringifySearch(strip(state))))).toEqual(state);
      }),
    );
  });

  it('defaults give an empty query string', () => {
    expect(stringifySearch(strip(viewSearch.parse({})))).toBe('');
  });

  it('keeps a version that looks like a number as text', () => {
    const state = viewSearch.parse(parseSearch('?version=2001.01'));
    expect(state.version).toBe('2001.01');
  });

  it.each([
    ['range=soon', { range: 'all' }],
    ['granularity=minute', { granularity: 'day' }],
    ['environment=moon', { environment: 'production' }],
  ])('an unknown word in ?%s falls back to the default', (query, expected) => {
    expect(viewSearch.parse(parseSearch(query))).toMatchObject(expected);
  });

  it.each(['{', '{"field":"features.x","op":"like","value":1}', '[]'])(
    'a filter that cannot be read is an error, never dropped: %s',
    (filter) => {
      expect(viewSearch.safeParse({ filter }).success).toBe(false);
    },
  );

  it('keepView keeps the view and leaves page parameters behind', () => {
    const kept = keepView({ ...viewSearch.parse({ version: 'v1' }), ...{ column: 'distance' } });
    expect(kept).not.toHaveProperty('column');
    expect(kept.version).toBe('v1');
  });
});

describe('viewWindow', () => {
  const lastEvent = '2001-06-30T21:15:00Z';
  it.each([
    [{}, {}],
    [{ range: '1d' }, { from: '2001-06-30T00:00:00.000Z', to: '2001-07-01T00:00:00.000Z' }],
    [{ range: '7d' }, { from: '2001-06-24T00:00:00.000Z', to: '2001-07-01T00:00:00.000Z' }],
    [
      { from: '2001-02-01', to: '2001-02-03' },
      { from: '2001-02-01T00:00:00.000Z', to: '2001-02-04T00:00:00.000Z' },
    ],
    [{ range: '7d', from: '2001-02-01' }, { from: '2001-02-01T00:00:00.000Z' }],
  ])('%j asks for %j', (search, expected) => {
    expect(viewWindow(viewSearch.parse(search), lastEvent)).toEqual(expected);
  });

  it('asks for everything while no event is known', () => {
    expect(viewWindow(viewSearch.parse({ range: '7d' }), null)).toEqual({});
  });

  it('viewQuery sends the filter as JSON', () => {
    const filter = { field: 'features.origin', op: 'eq', value: 'ORD' } as const;
    expect(viewQuery(viewSearch.parse({ filter }), null).filter).toBe(JSON.stringify(filter));
  });
});
