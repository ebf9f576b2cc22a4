import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const slugOf = (body: { type: string }) => body.type.split('/').pop();
const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const email = `${randomUUID()}@example.com`;
const password = 'correct horse battery';
const origin = 'http://localhost:80';

const pathOf = (url: string) =>
  url.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000').replace('*', 'x');

test('every route asks for its scope: no key 401, too small a scope 403, else neither', async () => {
  const project = await api.db.access.firstProject();
  const keys = {
    ingest: await api.createKey(project?.id ?? '', ['ingest']),
    read: await api.createKey(project?.id ?? '', ['read']),
    admin: await api.createKey(project?.id ?? '', ['admin']),
  };
  const routes = api.app
    .routeEntries()
    .flatMap(({ methods, url, scope }) => methods.map((method) => ({ method, url, scope })));
  expect(routes.length).toBeGreaterThan(50);
  for (const { method, url, scope } of routes) {
    if (scope === 'public') continue;
    const path = pathOf(url);
    const name = `${method} ${url}`;
    const anonymous = await api.app.inject({ method: method as 'GET', url: path });
    expect([name, anonymous.statusCode]).toEqual([name, 401]);
    for (const [held, key] of Object.entries(keys)) {
      const { status } = await api.call(method, path, undefined, bearer(key));
      const isRefused = status === 401 || status === 403;
      expect([name, held, isRefused]).toEqual([name, held, held !== 'admin' && held !== scope]);
    }
  }
});

test('a route that names no scope stops the boot', async () => {
  const { buildApp } = await import('./app.ts');
  const app = await buildApp(api);
  app.get('/v1/undeclared', async () => 'leak');
  await expect(app.ready()).rejects.toThrow('names no scope');
  await app.close().catch(() => {});
});

describe('keys', () => {
  test.each([
    [undefined, 'missing-credentials'],
    ['Bearer ', 'missing-credentials'],
    ['Basic x', 'missing-credentials'],
    ['Bearer pl_wrong', 'invalid-key'],
  ])('%s is answered with %s', async (authorization, slug) => {
    const headers = authorization === undefined ? {} : { authorization };
    const response = await api.app.inject({ url: `/v1/models?api_key=${api.adminKey}`, headers });
    expect([response.statusCode, slugOf(response.json())]).toEqual([401, slug]);
    expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  test('are shown once, listed without their secret, and refused within 5 seconds of being revoked', async () => {
    const { status, body } = await api.call('POST', '/v1/api-keys', { name: 'ci', scopes: ['read'] });
    expect([status, body.key]).toEqual([201, expect.stringMatching(/^pl_[\w-]{43}$/)]);
    expect((await api.call('GET', '/v1/models', undefined, bearer(body.key))).status).toBe(200);
    const list = await api.call('GET', '/v1/api-keys');
    expect(list.text).not.toContain(body.key);
    expect((await api.call('DELETE', `/v1/api-keys/${body.id}`)).status).toBe(204);
    const deadline = Date.now() + 5000;
    let after = 200;
    while (after === 200 && Date.now() < deadline) {
      after = (await api.call('GET', '/v1/models', undefined, bearer(body.key))).status;
    }
    expect(after).toBe(401);
  });
});

test('another project sees nothing: its answers are those for absent things', async () => {
  const { body: project } = await api.call('POST', '/v1/projects', { name: 'other' });
  const slug = await api.putModel();
  const other = bearer(project.key);
  const { body: channel } = await api.call('POST', '/v1/channels', {
    kind: 'webhook',
    name: 'c',
    url: 'https://example.com/',
  });
  for (const path of [`/v1/models/${slug}`, `/v1/models/${slug}/drift`, `/v1/channels/${channel.id}`]) {
    const theirs = await api.call('GET', path, undefined, other);
    const absent = await api.call(
      'GET',
      pathOf(path.replace(slug, 'absent').replace(channel.id, ':id')),
      undefined,
      other,
    );
    const { instance: _i, request_id: _r, ...body } = theirs.body;
    expect([theirs.status, { ...absent.body, ...body }]).toEqual([404, absent.body]);
  }
  expect((await api.call('GET', '/v1/models', undefined, other)).body.data).toEqual([]);
  expect((await api.call('POST', '/v1/projects', { name: 'x' }, other)).status).toBe(403);
});

describe('people', () => {
  const cookieOf = (headers: Record<string, unknown>) =>
    [headers['set-cookie']]
      .flat()
      .map((cookie) => String(cookie).split(';')[0])
      .join('; ');
  const signIn = (body: unknown, headers: Record<string, string> = { origin }) =>
    api.app.inject({ method: 'POST', url: '/v1/auth/sign-in/email', payload: body as object, headers });

  test('the set-up link works once, for the first admin alone', async () => {
    const token = api.setupPath?.split('token=')[1];
    const setUp = (who: string) =>
      api.app.inject({ method: 'POST', url: '/v1/setup', payload: { token, email: who, password } });
    const answers = await Promise.all([
      setUp(email),
      ...Array.from({ length: 5 }, () => setUp(`${randomUUID()}@x.org`)),
    ]);
    const codes = answers.map((answer) => answer.statusCode).sort();
    expect(codes).toEqual([201, 403, 403, 403, 403, 403]);
    const winner = answers.find((answer) => answer.statusCode === 201);
    const me = await api.app.inject({ url: '/v1/me', headers: { cookie: cookieOf(winner?.headers ?? {}) } });
    expect(me.json()).toMatchObject({ kind: 'session', scopes: ['ingest', 'read', 'admin'] });
    const project = await api.db.access.firstProject();
    const { createSessions } = await import('./sessions.ts');
    const sessions = createSessions(api.config);
    const id = await sessions.createUser({ email, password, name: 'Ann' });
    if (id) await api.db.access.addMember(project?.id ?? '', id);
    await sessions.close();
  });

  test('sign in, act from the same origin only, sign out', async () => {
    const signedIn = await signIn({ email: email.toUpperCase(), password });
    expect(signedIn.statusCode).toBe(200);
    const cookie = cookieOf(signedIn.headers);
    expect(String(signedIn.headers['set-cookie'])).toMatch(/HttpOnly/i);
    const put = async (headers: Record<string, string>) => {
      const payload = { task: 'regression' };
      const answer = await api.app.inject({
        method: 'PUT',
        url: '/v1/models/by-session',
        payload,
        headers: { cookie, ...headers },
      });
      return answer.statusCode;
    };
    expect(await put({ origin })).toBe(201);
    expect(await put({})).toBe(403);
    expect(await put({ origin: 'https://evil.example' })).toBe(403);
    expect(await put({ origin: 'null' })).toBe(403);
    const out = await api.app.inject({
      method: 'POST',
      url: '/v1/auth/sign-out',
      payload: {},
      headers: { cookie, origin },
    });
    expect(out.statusCode).toBe(200);
    expect((await api.app.inject({ url: '/v1/me', headers: { cookie } })).statusCode).toBe(401);
  });

  test('the 11th wrong password in a minute must wait, whoever asks', async () => {
    const who = `${randomUUID()}@example.com`;
    const codes: number[] = [];
    for (let i = 0; i < 11; i += 1) codes.push((await signIn({ email: who, password: 'wrong' })).statusCode);
    expect(codes).toEqual([...Array(10).fill(401), 429]);
    expect((await signIn({ email: who, password: 'wrong' })).headers['retry-after']).toMatch(/^\d+$/);
    expect((await signIn({ email, password: 'x'.repeat(2000) })).statusCode).toBe(422);
  });
});
