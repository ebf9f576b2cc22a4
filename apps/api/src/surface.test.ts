import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problems } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
let webRoot: string;
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'web-'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Plumbline</title>');
  await writeFile(join(webRoot, 'app-1a2b.js'), 'export {};');
  api = await openTestApi({ webRoot });
});
afterAll(async () => {
  await api.close();
  await rm(webRoot, { recursive: true });
});

const slugOf = (body: { type: string }) => body.type.split('/').pop();

test('a problem document says what, where and which request', async () => {
  const { status, headers, body } = await api.call('GET', '/v1/models/none/drift?x=1');
  expect(status).toBe(404);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(body).toEqual({
    type: 'http://localhost:80/problems/unknown-model',
    title: problems['unknown-model'].title,
    status: 404,
    detail: `${problems['unknown-model'].title}.`,
    instance: '/v1/models/none/drift',
    request_id: headers['x-request-id'],
  });
});

test.each<[string, string, number, string]>([
  ['GET', '/v1/nothing', 404, 'not-found'],
  ['DELETE', '/v1/models', 405, 'method-not-allowed'],
  ['GET', '/v1/models/m/actuals', 405, 'method-not-allowed'],
  ['TRACE', '/v1/models', 405, 'method-not-allowed'],
  ['GET', '/v1/models/%zz', 400, 'bad-url'],
  ['GET', `/v1/models/${'x'.repeat(3000)}`, 414, 'url-too-long'],
  ['GET', '/v1/models/..%2f..%2fetc%2fpasswd', 404, 'unknown-model'],
  ['GET', '/v1/models/%00', 404, 'unknown-model'],
  ['GET', '/v1/incidents?limit=-1', 422, 'bad-query'],
  ['GET', '/v1/incidents?limit=1e9', 422, 'bad-query'],
  ['GET', '/v1/incidents?cursor=garbage', 422, 'bad-query'],
  ['GET', '/v1/models?limit=0', 422, 'bad-query'],
  ['GET', '/v1/models?cursor=garbage', 422, 'bad-query'],
  ['GET', '/v1/metrics?limit=x', 422, 'bad-query'],
  ['GET', '/v1/incidents?status=closed', 422, 'bad-query'],
  ['GET', '/assets/..%2f..%2fetc%2fpasswd', 404, 'not-found'],
])('%s %s is %i %s', async (method, url, status, slug) => {
  const answer = await api.call(method, url);
  expect([answer.status, slugOf(answer.body)]).toEqual([status, slug]);
  if (status === 405) expect(answer.headers.allow).toMatch(/^[A-Z]+(, [A-Z]+)*$/);
});

test.each<[string, string | Buffer, number, string]>([
  ['application/json', '{', 400, 'malformed-json'],
  ['application/json', '', 400, 'malformed-json'],
  ['application/json', Buffer.from([0x22, 0xff, 0x22]), 400, 'invalid-utf8'],
  ['application/json', '{"task":"guess"}', 422, 'validation-failed'],
  ['application/json', '{"task":"regression","__proto__":{"x":1}}', 422, 'validation-failed'],
  ['application/json', ' '.repeat(2_000_000), 413, 'payload-too-large'],
  ['text/plain', '{}', 415, 'unsupported-media-type'],
])('PUT a model with %s %#', async (type, body, status, slug) => {
  const answer = await api.call('PUT', '/v1/models/m', body, { headers: { 'content-type': type } });
  expect([answer.status, slugOf(answer.body)]).toEqual([status, slug]);
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

describe('models', () => {
  const put = (body: unknown, slug = 'flights') => api.call('PUT', `/v1/models/${slug}`, body);

  test('are created once, updated after, and deleted', async () => {
    const body = { task: 'binary_classification', positive_label: 'late', display_name: 'Flight delays' };
    expect((await put(body)).status).toBe(201);
    const again = await put({ ...body, features: [{ name: 'distance', kind: 'numeric', max: 5000 }] });
    expect([again.status, again.body]).toEqual([
      200,
      expect.objectContaining({
        model: 'flights',
        features: [{ name: 'distance', kind: 'numeric', max: 5000, sensitive: false }],
      }),
    ]);
    expect((await put({ task: 'regression', positive: 1 })).body.errors).toEqual([
      expect.objectContaining({ pointer: expect.any(String) }),
    ]);
    expect((await put({ task: 'regression' }, 'No%20Slug')).status).toBe(422);
    expect((await api.call('DELETE', '/v1/models/flights')).status).toBe(204);
    expect((await api.call('GET', '/v1/models/flights')).status).toBe(404);
  });
});

test('an unknown Host is refused on a loopback server', async () => {
  const answer = await api.app.inject({ url: '/healthz', headers: { host: 'evil.example' } });
  expect([answer.statusCode, slugOf(answer.json())]).toEqual([421, 'unknown-host']);
  expect((await api.app.inject({ url: '/healthz', headers: { host: '127.0.0.1:3000' } })).statusCode).toBe(
    200,
  );
});

test('readiness names what it checked', async () => {
  const answer = await api.app.inject('/readyz');
  expect(answer.json()).toEqual({
    status: 'ready',
    checks: { database: true, migrations: true, queue: true },
    reasons: [],
  });
});

test('the OpenAPI document is 3.1, public, and knows every /v1 route', async () => {
  const document = (await api.app.inject('/v1/openapi.json')).json();
  expect(document.openapi).toMatch(/^3\.1/);
  const documented = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = api.app
    .routeEntries()
    .filter(({ url }) => url.startsWith('/v1/') && url !== '/v1/openapi.json')
    .flatMap(({ methods, url }) => methods.map((method) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`))
    .filter((route) => !route.startsWith('HEAD'));
  expect(documented).toEqual(expect.arrayContaining(served));
  expect((await api.app.inject('/docs/')).statusCode).toBe(200);
});

describe('the web app', () => {
  test('its pages answer every path a browser asks for, under a strict policy', async () => {
    const page = await api.app.inject({ url: '/models/a.b', headers: { accept: 'text/html' } });
    expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('Plumbline')]);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect((await api.app.inject('/app-1a2b.js')).statusCode).toBe(200);
    expect((await api.app.inject({ url: '/v1/none', headers: { accept: 'text/html' } })).statusCode).toBe(
      404,
    );
    expect((await api.app.inject('/none.js')).statusCode).toBe(404);
  });
});

test('the metric catalogue lists what the contract names', async () => {
  const { body } = await api.call('GET', '/v1/metrics');
  const names = body.data.map((entry: { metric: string }) => entry.metric);
  expect(names).toEqual(
    expect.arrayContaining(['psi', 'js_distance', 'ks', 'accuracy', 'roc_auc', 'volume', 'missing_rate']),
  );
});

test('a short list can be read page by page', async () => {
  const whole = (await api.call('GET', '/v1/metrics')).body.data;
  const first = (await api.call('GET', '/v1/metrics?limit=2')).body;
  const second = (await api.call('GET', `/v1/metrics?limit=1000&cursor=${first.next_cursor}`)).body;
  expect([...first.data, ...second.data]).toEqual(whole);
  expect(second.next_cursor).toBeNull();
});

test('GET /metrics counts requests by route, and names no model', async () => {
  await api.call('GET', '/v1/models/very-secret-model');
  const { status, headers, text } = await api.call('GET', '/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toContain('text/plain');
  expect(text).toContain('route="/v1/models/:model"');
  expect(text).not.toContain('very-secret-model');
});
