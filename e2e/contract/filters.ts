import { describe, expect, test } from 'vitest';
import type { Client } from './client.ts';
import { type Flight, flights, period } from './flights.ts';

const slug = '/v1/models/flights';
const leaf = (field: string, op: string, value?: unknown) => ({
  field,
  op,
  ...(value === undefined ? {} : { value }),
});
const known = ({ origin }: Flight) => origin !== null;

const cases: [string, object, (flight: Flight) => boolean][] = [
  ['eq text', leaf('features.origin', 'eq', 'A'), ({ origin }) => origin === 'A'],
  ['eq number', leaf('features.x', 'eq', 4), ({ x }) => x === 4],
  ['eq boolean', leaf('features.flag', 'eq', true), ({ flag }) => flag],
  ['ne, false for null', leaf('features.origin', 'ne', 'A'), (f) => known(f) && f.origin !== 'A'],
  ['in', leaf('features.origin', 'in', ['A', 'Z']), ({ origin }) => origin === 'A' || origin === 'Z'],
  ['in numbers', leaf('features.x', 'in', [1, 5]), ({ x }) => x === 1 || x === 5],
  ['not_in, false for null', leaf('features.origin', 'not_in', ['A', 'Z']), (f) => f.origin === 'B'],
  ['lt', leaf('features.x', 'lt', 2), ({ x }) => x < 2],
  ['lte', leaf('features.x', 'lte', 2), ({ x }) => x <= 2],
  ['gt', leaf('features.x', 'gt', 4), ({ x }) => x > 4],
  ['gte', leaf('features.x', 'gte', 4), ({ x }) => x >= 4],
  ['between with both ends', leaf('features.x', 'between', [2, 4]), ({ x }) => x >= 2 && x <= 4],
  ['is_null', leaf('features.origin', 'is_null'), (f) => !known(f)],
  ['not_null', leaf('features.origin', 'not_null'), known],
  ['is_null of a tag left out', leaf('tags.channel', 'is_null'), ({ channel }) => channel === null],
  ['contains', leaf('tags.channel', 'contains', 'e'), ({ channel }) => channel === 'web'],
  ['contains is case-sensitive', leaf('tags.channel', 'contains', 'A'), ({ channel }) => channel === 'App'],
  ['contains is literal', leaf('tags.channel', 'contains', '%'), () => false],
  ['contains is literal, underscores too', leaf('tags.channel', 'contains', 'w_b'), () => false],
  [
    'prediction_score',
    leaf('prediction_score', 'between', [0.45, 0.55]),
    ({ score }) => score >= 0.45 && score <= 0.55,
  ],
  ['prediction_label, also derived', leaf('prediction_label', 'eq', 'late'), ({ label }) => label === 'late'],
  ['actual_label', leaf('actual_label', 'eq', 'late'), ({ actual }) => actual === 'late'],
  [
    'actual_label ne, false without actual',
    leaf('actual_label', 'ne', 'late'),
    ({ actual }) => actual === 'on_time',
  ],
  ['actual_label is_null', leaf('actual_label', 'is_null'), ({ actual }) => actual === null],
  ['model_version', leaf('model_version', 'eq', 'v1'), ({ version }) => version === 'v1'],
  ['not eq is true for null', { not: leaf('features.origin', 'eq', 'A') }, ({ origin }) => origin !== 'A'],
  [
    'not ne is true for null',
    { not: leaf('features.origin', 'ne', 'A') },
    (f) => f.origin === 'A' || !known(f),
  ],
  [
    'not not_in is true for null',
    { not: leaf('features.origin', 'not_in', ['A']) },
    (f) => f.origin === 'A' || !known(f),
  ],
  [
    'not contains is true for null',
    { not: leaf('tags.channel', 'contains', 'web') },
    ({ channel }) => channel !== 'web',
  ],
  [
    'and',
    { and: [leaf('features.x', 'gt', 2), leaf('features.origin', 'eq', 'A')] },
    ({ x, origin }) => x > 2 && origin === 'A',
  ],
  [
    'or',
    { or: [leaf('features.x', 'eq', 1), leaf('features.origin', 'is_null')] },
    (f) => f.x === 1 || !known(f),
  ],
  [
    'not and with null',
    { not: { and: [leaf('features.x', 'gt', 2), leaf('features.origin', 'eq', 'A')] } },
    ({ x, origin }) => !(x > 2 && origin === 'A'),
  ],
  [
    'nested',
    {
      or: [
        { and: [leaf('model_version', 'eq', 'v1'), { not: leaf('features.flag', 'eq', true) }] },
        leaf('tags.channel', 'in', ['web']),
      ],
    },
    (f) => (f.version === 'v1' && !f.flag) || f.channel === 'web',
  ],
  ['SQL text as value', leaf('features.origin', 'eq', `A' OR '1'='1`), () => false],
];

export function filtersContract(client: () => Client): void {
  describe('filters', () => {
    test.each(cases)('%s', async (_, filter, matches) => {
      const n = flights.filter(matches).length;
      const query = { ...period, filter: JSON.stringify(filter) };
      const labelled = flights.filter((flight) => matches(flight) && flight.actual !== null).length;
      expect(await client().get(`${slug}/performance`, query)).toMatchObject({
        n_events: n,
        n_labelled: labelled,
      });
      const slices = await client().send<{ rows: { n: number }[] }>('POST', `${slug}/slices`, {
        group_by: ['model_version'],
        metrics: ['volume'],
        ...period,
        filter,
      });
      expect(slices.rows.reduce((sum, row) => sum + row.n, 0)).toBe(n);
    });

    test('and filters drift, distribution, quality and series alike', async () => {
      const filter = JSON.stringify(leaf('features.x', 'eq', 4));
      const distribution = await client().get<{ bins: { current_count: number }[] }>(`${slug}/distribution`, {
        ...period,
        filter,
        column: 'flag',
      });
      expect(distribution.bins.reduce((sum, bin) => sum + bin.current_count, 0)).toBe(135);
      const drift = await client().get<{ columns: { column: string; n_current: number }[] }>(
        `${slug}/drift`,
        { ...period, filter },
      );
      expect(drift.columns.find(({ column }) => column.endsWith('flag'))?.n_current).toBe(135);
      expect(await client().get(`${slug}/quality`, { ...period, filter })).toMatchObject({ n_events: 135 });
      const series = await client().get<{ points: { value: number }[] }>(`${slug}/timeseries`, {
        ...period,
        filter,
        metric: 'volume',
        granularity: 'day',
      });
      expect(series.points.map(({ value }) => value)).toEqual([45, 45, 45]);
    });

    test.each<[string, string]>([
      ['no JSON', '{"field":'],
      ['text', '"features.x"'],
      ['an unknown operator', JSON.stringify(leaf('features.x', 'like', 'a'))],
      ['an unknown field', JSON.stringify(leaf('password', 'eq', 'a'))],
      ['no field', JSON.stringify({ op: 'eq', value: 1 })],
      ['no value', JSON.stringify(leaf('features.x', 'eq'))],
      ['between with one end', JSON.stringify(leaf('features.x', 'between', [1]))],
      ['in without a list', JSON.stringify(leaf('features.x', 'in', 1))],
      ['an unknown connective', JSON.stringify({ xor: [] })],
      [
        'two connectives',
        JSON.stringify({ and: [leaf('features.x', 'eq', 1)], or: [leaf('features.x', 'eq', 1)] }),
      ],
      ['an object as value', JSON.stringify(leaf('features.x', 'eq', { a: 1 }))],
    ])('%s is 422 bad-query', async (_, filter) => {
      for (const path of ['performance', 'drift', 'quality']) {
        const { status, body, text } = await client().call(
          'GET',
          `${slug}/${path}?${new URLSearchParams({ ...period, filter })}`,
        );
        expect([status, body?.type?.split('/').at(-1)], text.slice(0, 200)).toEqual([422, 'bad-query']);
      }
    });

    test('filters that compare unlike types are an answer or 422, never a server error', async () => {
      for (const filter of [
        leaf('features.x', 'eq', 'A'),
        leaf('features.origin', 'gt', 3),
        leaf('features.flag', 'contains', 'a'),
        leaf('features.x', 'contains', '1'),
        leaf('features.absent', 'eq', 1),
        leaf('tags.absent', 'is_null'),
        leaf('prediction_score', 'eq', 'high'),
      ]) {
        const { status, text } = await client().call(
          'GET',
          `${slug}/performance?${new URLSearchParams({ ...period, filter: JSON.stringify(filter) })}`,
        );
        expect([200, 422], text.slice(0, 200)).toContain(status);
      }
    });

    test.each([
      'limit=0',
      'limit=-1',
      'limit=abc',
      'limit=1001',
      'limit=1.5',
      'cursor=garbage',
      'cursor=%00',
      'cursor=eyJhIjoxfQ',
    ])('a list with %s is 422 bad-query', async (query) => {
      for (const path of ['/v1/models', '/v1/incidents', '/v1/models/flights/quarantine']) {
        const { status, body } = await client().call('GET', `${path}?${query}`);
        expect([path, status, body?.type?.split('/').at(-1)]).toEqual([path, 422, 'bad-query']);
      }
    });

    test.each([
      'drift?from=yesterday',
      'drift?granularity=month',
      'drift?environment=staging',
      'drift?compare_to=nonsense',
      'drift?compare_to=%7B%22from%22%3A1%7D',
      'drift?from=2001-02-03T00:00:00Z&to=2001-02-01T00:00:00Z',
      'distribution',
      'distribution?column=absent',
      'timeseries',
      'timeseries?metric=absent',
      'timeseries?metric=psi&column=absent',
    ])('%s is refused with 422 or 404', async (path) => {
      const { status, text } = await client().call('GET', `${slug}/${path}`);
      expect([422, 404], text.slice(0, 200)).toContain(status);
    });
  });
}
