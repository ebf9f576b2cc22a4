import { event, problem, type Subject } from './bad-input.ts';

const body = { events: [event()] };
const challenge = { headers: { 'www-authenticate': /^Bearer/ } };
const none = (input: string, authorization: string | string[]) =>
  problem(input, { key: null, headers: { authorization }, body }, 401, 'missing-credentials', challenge);
const wrong = (input: string, authorization: string) =>
  problem(input, { key: null, headers: { authorization }, body }, 401, 'invalid-key', challenge);
const raw = (head: string, content = '{"events":[1]}') =>
  `POST /v1/models/{model}/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n${head}Content-Length: ${content.length}\r\n\r\n${content}`;
const get = { method: 'GET', path: '/v1/models' };
const signIn = (content: object | string) => ({ key: null, path: '/v1/auth/sign-in/email', body: content });

export const access: Subject = {
  title: 'Credentials and origins',
  cases: [
    problem('no key', { key: null, body }, 401, 'missing-credentials', challenge),
    none('`Bearer ` without a key', 'Bearer '),
    none('`Basic`', 'Basic YTpi'),
    none('a key with a space in it', 'Bearer pl_a b'),
    problem(
      'two Authorization headers',
      { socket: raw('Authorization: Bearer {key}\r\nAuthorization: Bearer {key}\r\n') },
      401,
      'missing-credentials',
      { why: 'which of them a proxy looked at cannot be known' },
    ),
    problem(
      'a key in the query',
      { ...get, key: null, path: '/v1/models?api_key={key}&access_token={key}' },
      401,
      'missing-credentials',
      { why: 'queries end up in logs' },
    ),
    wrong('a key that is wrong', 'Bearer pl_wrong'),
    wrong('a key of 10,000 characters', `Bearer ${'x'.repeat(10_000)}`),
    wrong('a key beyond ASCII', 'Bearer clé'),
    problem('a revoked key', { key: 'revoked', body }, 401, 'invalid-key', challenge),
    problem('an ingest key that reads', { ...get, key: 'ingest' }, 403, 'insufficient-scope'),
    problem('a read key that posts', { key: 'read', body }, 403, 'insufficient-scope'),
    problem(
      'a read key that manages keys',
      { method: 'GET', path: '/v1/api-keys', key: 'read' },
      403,
      'insufficient-scope',
    ),
    problem('another project’s model', { method: 'GET', path: '/v1/models/{other}' }, 404, 'unknown-model'),
    problem(
      'events for another project’s model',
      { path: '/v1/models/{other}/events', body },
      404,
      'unknown-model',
    ),
    problem(
      'a sign-in from another site',
      { ...signIn({ email: 'a@example.com', password: 'x' }), headers: { origin: 'https://evil.example' } },
      403,
      'csrf',
    ),
    problem(
      'a sign-in from origin `null`',
      { ...signIn({ email: 'a@example.com', password: 'x' }), headers: { origin: 'null' } },
      403,
      'csrf',
    ),
    problem(
      'a sign-in as text/plain',
      { ...signIn('{"email": "a@example.com", "password": "x"}'), headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported-media-type',
    ),
    problem(
      'a password of 1 MB',
      signIn({ email: 'a@example.com', password: 'x'.repeat(1_000_000) }),
      422,
      'validation-failed',
      { pointer: '/password' },
    ),
    problem(
      'a password with NUL',
      signIn({ email: 'a@example.com', password: '\u0000' }),
      401,
      'invalid-credentials',
      challenge,
    ),
    problem(
      'NUL in an e-mail address',
      signIn({ email: 'a\u0000@example.com', password: 'x' }),
      422,
      'validation-failed',
      { code: 'nul_character', pointer: '/email' },
    ),
    problem(
      'a cross-origin preflight',
      {
        method: 'OPTIONS',
        path: '/v1/models',
        key: null,
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      },
      405,
      'method-not-allowed',
      { headers: { 'access-control-allow-origin': /^undefined$/ } },
    ),
    problem('a Host of another name', { ...get, headers: { host: 'evil.example' } }, 421, 'unknown-host'),
    problem(
      '`X-Forwarded-Host` of this name with another Host',
      { ...get, headers: { host: 'evil.example', 'x-forwarded-host': 'localhost' } },
      421,
      'unknown-host',
      { why: 'forwarded headers are not believed' },
    ),
    {
      input: 'forged `X-Forwarded-*`',
      send: {
        ...get,
        headers: {
          'x-forwarded-for': '1.2.3.4',
          'x-forwarded-proto': 'gopher',
          'x-forwarded-host': 'evil.example',
        },
      },
      answer: { status: 200 },
    },
    problem(
      'NUL in the name of a key',
      { path: '/v1/api-keys', body: { name: 'a\u0000', scopes: ['read'] } },
      422,
      'validation-failed',
      { pointer: '/name' },
    ),
    problem(
      'an unknown scope',
      { path: '/v1/api-keys', body: { name: 'a', scopes: ['root'] } },
      422,
      'validation-failed',
      { pointer: '/scopes/0' },
    ),
    problem(
      'an unknown field of a key',
      { path: '/v1/api-keys', body: { name: 'a', scopes: ['read'], admin: true } },
      422,
      'validation-failed',
    ),
    problem(
      'a key of more than 1 MiB',
      { path: '/v1/api-keys', body: { name: 'x'.repeat(1_100_000), scopes: ['read'] } },
      413,
      'payload-too-large',
    ),
  ],
};
