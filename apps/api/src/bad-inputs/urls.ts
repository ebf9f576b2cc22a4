import { type Answer, problem, type Subject } from './bad-input.ts';

const get = (path: string) => ({ method: 'GET', path });
const raw = (line: string) => ({
  socket: `${line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n\r\n`,
});
const badQuery = (path: string, pointer: string, more: Omit<Answer, 'status'> & { why?: string } = {}) =>
  problem(`\`${path.replace('/v1/models/{model}', '…').slice(0, 80)}\``, get(path), 422, 'bad-query', {
    pointer,
    ...more,
  });
const model = '/v1/models/{model}';

export const urls: Subject = {
  title: 'Paths and queries',
  cases: [
    problem(
      '`..%2f..%2fetc%2fpasswd` as a model',
      get('/v1/models/..%2f..%2fetc%2fpasswd'),
      404,
      'unknown-model',
    ),
    problem('`%00` as a model', get('/v1/models/%00'), 404, 'unknown-model'),
    problem('`%00` as an id', get(`${model}/events/%00`), 404, 'unknown-event'),
    problem('`%ed%a0%80` as an id', get(`${model}/events/%ed%a0%80`), 400, 'bad-url'),
    problem('`%zz` as a model', get('/v1/models/%zz'), 400, 'bad-url'),
    problem('a model of 3,000 characters', get(`/v1/models/${'x'.repeat(3000)}`), 414, 'url-too-long'),
    problem('an id of 500 characters', get(`${model}/events/${'x'.repeat(500)}`), 404, 'unknown-event', {
      why: 'an id of 128 characters may take 1,536 when it is escaped',
    }),
    ...[
      '/assets/../../../etc/passwd',
      '/assets/..%2f..%2f..%2fetc%2fpasswd',
      '/assets/..%5c..%5cetc%5cpasswd',
      '/assets/%252e%252e%252fetc%252fpasswd',
      '/assets/app.js%00',
      '/%2e%2e/%2e%2e/etc/passwd',
    ].map((path) => problem(`\`${path}\``, raw(`GET ${path}`), 404, 'not-found')),
    problem('GET on a POST route', get(`${model}/actuals`), 405, 'method-not-allowed', {
      headers: { allow: /^POST$/ },
    }),
    problem('PUT where nothing is put', { method: 'PUT', path: '/v1/incidents' }, 405, 'method-not-allowed', {
      headers: { allow: /GET/ },
    }),
    problem('TRACE', raw('TRACE /v1/models'), 405, 'method-not-allowed', { headers: { allow: /GET/ } }),
    problem('a method of one’s own', raw('FOO /v1/models'), 400, 'malformed-request', { closes: true }),
    badQuery('/v1/incidents?limit=-1', 'limit'),
    badQuery('/v1/incidents?limit=0', 'limit'),
    badQuery('/v1/incidents?limit=1e9', 'limit'),
    badQuery('/v1/incidents?limit=NaN', 'limit'),
    badQuery('/v1/incidents?limit=1.5', 'limit'),
    badQuery('/v1/incidents?limit=', 'limit'),
    badQuery('/v1/incidents?limit=10&limit=20', 'limit'),
    badQuery(`/v1/incidents?${'limit=1&'.repeat(50)}`, 'limit'),
    badQuery('/v1/incidents?cursor=garbage', 'cursor'),
    badQuery('/v1/incidents?cursor=', 'cursor'),
    badQuery(`/v1/incidents?cursor=${'x'.repeat(2000)}`, 'cursor'),
    badQuery('/v1/incidents?status=closed', 'status'),
    badQuery(`${model}/events?cursor=${Buffer.from('{"at":"x","id":1}').toString('base64url')}`, 'cursor'),
    badQuery(
      `${model}/events?cursor=${Buffer.from('{"at":1e400,"id":"x"}').toString('base64url')}`,
      'cursor',
    ),
    badQuery(
      `${model}/quarantine?cursor=${Buffer.from('{"id":"1; drop table event"}').toString('base64url')}`,
      'cursor',
    ),
    badQuery(`/v1/models?cursor=${Buffer.from('{"id":"none"}').toString('base64url')}`, 'cursor', {
      why: 'its row is gone',
    }),
    badQuery(`${model}/drift?from=yesterday`, 'from'),
    badQuery(`${model}/drift?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z`, 'from'),
    badQuery(`${model}/drift?from=1e400`, 'from'),
    badQuery(`${model}/drift?granularity=second`, 'granularity'),
    badQuery(`${model}/drift?environment=staging`, 'environment'),
    badQuery(`${model}/drift?filter=%7B`, 'filter'),
    badQuery(
      `${model}/drift?filter=${encodeURIComponent('{"field":"password","op":"eq","value":1}')}`,
      'filter',
    ),
    badQuery(
      `${model}/drift?filter=${encodeURIComponent('{"field":"features.origin","op":"regex","value":"^(a+)+$"}')}`,
      'filter',
      { why: 'no pattern of a user is ever run: `contains` is a literal substring' },
    ),
    badQuery(
      `${model}/drift?filter=${encodeURIComponent(`${'{"not":'.repeat(500)}{"field":"rank","op":"eq","value":1}${'}'.repeat(500)}`)}`,
      'filter',
    ),
    problem(
      '100 years in hours',
      get(`${model}/timeseries?metric=volume&granularity=hour&from=1980-01-01&to=2080-01-01`),
      422,
      'too-many-buckets',
    ),
    badQuery(`${model}/timeseries?metric=none`, 'metric'),
    badQuery('/v1/models/{model}/drift?version=%00', 'version', { code: 'nul_character' }),
    badQuery('/v1/incidents?%00=1', '\ufffd', { code: 'nul_character' }),
    {
      input: 'a version that is no UTF-8: `%ff`',
      send: get(`${model}/drift?version=%ff`),
      answer: { status: 200 },
      why: 'it matches no version',
    },
    problem(
      'a body whose filter is 100,000 levels deep',
      {
        path: `${model}/slices`,
        body: `{"group_by": ["features.origin"], "metrics": ["volume"], "filter": ${'{"not":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
      },
      422,
      'validation-failed',
      { code: 'too_deep' },
    ),
    problem(
      'NUL in the value of a filter',
      {
        path: `${model}/slices`,
        body: {
          group_by: ['features.origin'],
          metrics: ['volume'],
          filter: { field: 'features.origin', op: 'eq', value: 'a\u0000' },
        },
      },
      422,
      'validation-failed',
      { code: 'nul_character', pointer: '/filter/value' },
    ),
    problem(
      '`__proto__` in a body of settings',
      { method: 'PUT', path: model, body: '{"task": "regression", "__proto__": {"polluted": 1}}' },
      422,
      'validation-failed',
    ),
    problem(
      'a lone surrogate in a display name',
      { method: 'PUT', path: model, body: '{"task": "regression", "display_name": "\\ud800"}' },
      422,
      'validation-failed',
      { code: 'ill_formed_unicode', pointer: '/display_name' },
    ),
    {
      input: '`sort=password`',
      send: get('/v1/incidents?sort=password'),
      answer: { status: 200 },
      why: 'parameters nobody knows are left alone',
    },
    {
      input: '`__proto__[polluted]=1` in a query',
      send: get('/v1/incidents?__proto__[polluted]=1&constructor[prototype][polluted]=1'),
      answer: { status: 200 },
    },
  ],
};
