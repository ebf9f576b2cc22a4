import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from '../test-api.ts';

let api: TestApi;
let slug: string;
beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel({ features: [{ name: 'x', kind: 'numeric' }] });
  const events = Array.from({ length: 50 }, (_, i) => ({
    prediction_id: `e-${i}`,
    prediction_timestamp: at(i),
    prediction_score: i / 50,
    features: { x: i },
    actual_label: i % 2 ? 'late' : 'early',
  }));
  await api.call('POST', `/v1/models/${slug}/events`, { events });
  await api.mirror(slug);
});
afterAll(() => api.close());

const encode = (position: object) => Buffer.from(JSON.stringify(position)).toString('base64url');
const ids = ['%00', "'%3B--", '%F0%9F%98%80', 'x'.repeat(400), '-1', '__proto__', '%2e%2e%2f', 'e-1'];
const times = [
  '',
  '0',
  '-1',
  '1e400',
  '-8640000000000000',
  '8640000000000000',
  '9007199254740993',
  '%00',
  '9999-12-31T23:59:59Z',
  '0000-01-01',
];
const queries = [
  ...times.flatMap((time) => [`from=${time}`, `to=${time}`, `from=2026-01-05&to=${time}`]),
  ...['hour', 'week', 'eon'].map((g) => `granularity=${g}&from=-8640000000000000&to=8640000000000000`),
  ...[
    { id: '\u0000', at: 1 },
    { id: '\ud800', at: '\u0000' },
    { id: 'x', at: 1e308 },
    { id: 'x', at: -1e308 },
    { id: 'x', at: 'yesterday' },
    { id: '00000000-0000-4000-8000-000000000000', at: '275760-09-13T00:00:00.000Z' },
    { id: '99999999999999999999', at: 8.64e15 },
    {},
    [],
  ].map((position) => `cursor=${encode(position)}`),
  'column=%00',
  'column=features.none',
  'column=__proto__',
  'column=features.__proto__',
  'metric=psi&column=__proto__',
  'metric=constructor',
  'metric=volume&granularity=hour',
  'attribute=__proto__',
  'attribute=features.x',
  'audience=__proto__',
  'compare_to=%7B%22from%22%3A1e400%7D',
  'compare_to=__proto__',
  'compare_to=null',
  'version=%FF',
  'version=%27%3B--',
  'filter=null',
  'filter=1e400',
  `filter=${encodeURIComponent('{"field":"features.__proto__","op":"eq","value":1}')}`,
  `filter=${encodeURIComponent('{"field":"features.x","op":"in","value":[1e400]}')}`,
  `filter=${encodeURIComponent('{"field":"features.x","op":"between","value":[9007199254740993,-1e308]}')}`,
  `filter=${encodeURIComponent(`{"field":"prediction_label","op":"contains","value":"${'%_'.repeat(2000)}"}`)}`,
  'limit=1000&limit=1',
  'status=__proto__',
  'map=%7B%22__proto__%22%3A1%7D',
];
const bodies = [
  'null',
  '[]',
  '"x"',
  '0',
  '{}',
  '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
  `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
  '{"name": "\\u0000", "task": "regression", "from": 1e400, "to": null, "limit": -1, "filter": [], "group_by": [null], "metrics": ["__proto__"]}',
  '{"from": "2026-01-05", "to": "2026-01-06", "group_by": ["features.x"], "metrics": ["volume"], "metric": "volume", "trailing_days": 1e308}',
];

function urlOf(pattern: string, id: string): string {
  return pattern.replace(':model', slug).replaceAll(/:\w+/g, id).replace('*', 'x');
}

test('no route answers 500 to hostile paths, queries and bodies', async () => {
  const failures: string[] = [];
  const ask = async (method: string, url: string, body?: string) => {
    const answer = await api.call(method, url, body, {
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' } }),
    });
    if (answer.status === 500 || answer.text.includes('node_modules')) {
      failures.push(`${method} ${url.slice(0, 150)} ${body?.slice(0, 60) ?? ''} ${answer.status}`);
    }
  };
  for (const { methods, url } of api.app.routeEntries()) {
    if (!url.startsWith('/v1/') || url.includes('/auth/sign-out')) continue;
    for (const method of methods) {
      if (url === '/v1/models/:model' && method === 'DELETE') continue;
      for (const id of ids) await ask(method, urlOf(url, id));
      if (method === 'GET') for (const query of queries) await ask(method, `${urlOf(url, 'e-1')}?${query}`);
      else for (const body of bodies) await ask(method, urlOf(url, 'e-1'), body);
    }
  }
  expect(failures).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}, 120_000);
