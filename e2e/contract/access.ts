import { describe, expect, test } from 'vitest';
import type { RunningServer } from '../server.ts';
import { type Answer, type Client, type Page, type Problem, until } from './client.ts';

interface Key {
  id: string;
  key: string;
}

const absentId = '00000000-0000-4000-8000-000000000000';
const someEvents = {
  events: [{ prediction_id: 'own', prediction_timestamp: '2001-02-01T00:00:00Z', prediction_score: 1 }],
};

/** Method, path, body, and the scope it needs beside admin. */
const routes: [string, string, unknown, 'ingest' | 'read' | 'admin'][] = [
  ['POST', '/v1/models/keys/events', someEvents, 'ingest'],
  ['POST', '/v1/models/keys/actuals', { actuals: [{ prediction_id: 'own', actual_score: 1 }] }, 'ingest'],
  ['GET', '/v1/models', undefined, 'read'],
  ['GET', '/v1/models/keys', undefined, 'read'],
  ['GET', '/v1/models/keys/performance', undefined, 'read'],
  ['GET', '/v1/models/keys/drift', undefined, 'read'],
  ['GET', '/v1/models/keys/events/own', undefined, 'read'],
  ['POST', '/v1/models/keys/slices', { group_by: ['model_version'], metrics: ['volume'] }, 'read'],
  ['GET', '/v1/models/keys/monitors', undefined, 'read'],
  ['GET', '/v1/incidents', undefined, 'read'],
  ['PUT', '/v1/models/keys', { task: 'regression' }, 'admin'],
  ['POST', '/v1/channels', { kind: 'webhook', name: 'k', url: 'https://not-there-yet.invalid/' }, 'admin'],
  ['GET', '/v1/api-keys', undefined, 'admin'],
  ['POST', '/v1/api-keys', { name: 'more', scopes: ['read'] }, 'admin'],
  ['POST', '/v1/projects', { name: 'more' }, 'admin'],
];

const withoutRequest = ({ body }: Answer<Problem>) => ({ ...body, request_id: '', instance: '' });

export function accessContract(client: () => Client): void {
  const makeKey = (scopes: string[]) =>
    client().send<Key>('POST', '/v1/api-keys', { name: scopes.join(), scopes });

  describe('keys and projects', () => {
    test('POST /v1/api-keys gives id and key once; the list never shows keys', async () => {
      const answer = await client().call<Key>('POST', '/v1/api-keys', {
        body: { name: 'Reader', scopes: ['read'] },
      });
      expect([200, 201]).toContain(answer.status);
      const { id, key } = answer.body;
      const list = await client().call<Page<{ id: string }>>('GET', '/v1/api-keys');
      expect(list.body.data.map((one) => one.id)).toContain(id);
      expect(list.text).not.toContain(key);
      expect((await client().call('GET', '/v1/models', { key })).status).toBe(200);
    });

    test('a deleted key is refused within seconds', async () => {
      const { id, key } = await makeKey(['read']);
      expect((await client().call('GET', '/v1/models', { key })).status).toBe(200);
      expect([200, 204]).toContain((await client().call('DELETE', `/v1/api-keys/${id}`)).status);
      await until(
        () => client().call('GET', '/v1/models', { key }),
        ({ status }) => status === 401,
        5000,
      );
    });

    test('no key, an empty, an unknown, another scheme: 401 on every route, with WWW-Authenticate', async () => {
      for (const [method, path, body] of routes) {
        const sent = body === undefined ? {} : { body };
        for (const authorization of [
          undefined,
          'Bearer ',
          'Bearer pl_unknown_0123456789',
          'Basic YTpi',
          'contract-key-0123456789abcdef',
        ]) {
          const answer = await client().call(method, path, {
            ...sent,
            key: null,
            headers: authorization === undefined ? {} : { authorization },
          });
          expect([method, path, authorization, answer.status]).toEqual([method, path, authorization, 401]);
          expect(answer.headers.get('www-authenticate')).toMatch(/bearer/i);
        }
      }
      expect(
        (await client().call('GET', '/v1/models?api_key=contract-key-0123456789abcdef', { key: null }))
          .status,
      ).toBe(401);
    });

    test('401 comes before 404, 405 routes and bodies are looked at', async () => {
      expect((await client().call('GET', '/v1/models/absent', { key: null })).status).toBe(401);
      expect((await client().call('POST', '/v1/models/absent/events', { key: null, raw: '{' })).status).toBe(
        401,
      );
    });

    test('each scope opens its routes and no others (403)', async () => {
      await client().send('PUT', '/v1/models/keys', { task: 'regression' });
      const keys = {
        ingest: await makeKey(['ingest']),
        read: await makeKey(['read']),
        admin: await makeKey(['admin']),
      };
      for (const [method, path, body, needed] of routes) {
        for (const [scope, { key }] of Object.entries(keys)) {
          const { status } = await client().call(method, path, {
            key,
            ...(body === undefined ? {} : { body }),
          });
          const opens = scope === needed || scope === 'admin';
          expect([method, path, scope, opens ? status < 400 : status]).toEqual([
            method,
            path,
            scope,
            opens ? true : 403,
          ]);
        }
      }
      const both = await makeKey(['ingest', 'read']);
      expect((await client().call('GET', '/v1/models', { key: both.key })).status).toBe(200);
      expect(
        (await client().call('POST', '/v1/models/keys/events', { key: both.key, body: someEvents })).status,
      ).toBe(202);
    });

    test.each<[string, object]>([
      ['no scope', { name: 'x', scopes: [] }],
      ['an unknown scope', { name: 'x', scopes: ['root'] }],
      ['no name', { scopes: ['read'] }],
    ])('a key with %s is 422', async (_, body) => {
      expect((await client().call('POST', '/v1/api-keys', { body })).status).toBe(422);
    });

    test('a project has its own first key; nothing of another project can be told from what is absent', async () => {
      const project = await client().send<{ id: string; key: string }>('POST', '/v1/projects', {
        name: 'Other',
      });
      expect(project).toMatchObject({ id: expect.any(String), key: expect.any(String) });
      const { key } = project;
      expect((await client().call<Page<unknown>>('GET', '/v1/models', { key })).body.data).toEqual([]);
      expect((await client().call<Page<unknown>>('GET', '/v1/incidents', { key })).body.data).toEqual([]);
      expect((await client().call<Page<unknown>>('GET', '/v1/channels', { key })).body.data).toEqual([]);
      const channel = await client().send<{ id: string }>('POST', '/v1/channels', {
        kind: 'webhook',
        name: 'own',
        url: 'https://not-there-yet.invalid/',
      });
      const monitor = (await client().get<Page<{ id: string }>>('/v1/models/watched/monitors')).data[0]?.id;
      const incident = (await client().get<Page<{ id: string }>>('/v1/incidents')).data[0]?.id;
      const delivery = (await client().get<Page<{ id: string }>>('/v1/channels')).data[0]?.id;
      const apiKey = await makeKey(['read']);
      const pairs: [string, string, string, unknown?][] = [
        ['GET', '/v1/models/keys', '/v1/models/absent'],
        ['DELETE', '/v1/models/keys', '/v1/models/absent'],
        ['POST', '/v1/models/keys/events', '/v1/models/absent/events', someEvents],
        ['GET', '/v1/models/keys/events/own', '/v1/models/absent/events/own'],
        ['GET', '/v1/models/keys/performance', '/v1/models/absent/performance'],
        ['GET', `/v1/models/watched/monitors/${monitor}`, `/v1/models/absent/monitors/${absentId}`],
        ['GET', `/v1/channels/${channel.id}`, `/v1/channels/${absentId}`],
        ['PATCH', `/v1/channels/${channel.id}`, `/v1/channels/${absentId}`, { name: 'taken' }],
        ['DELETE', `/v1/channels/${channel.id}`, `/v1/channels/${absentId}`],
        ['POST', `/v1/channels/${channel.id}/test`, `/v1/channels/${absentId}/test`],
        ['GET', `/v1/channels/${delivery}/deliveries`, `/v1/channels/${absentId}/deliveries`],
        ['GET', `/v1/incidents/${incident}`, `/v1/incidents/${absentId}`],
        ['POST', `/v1/incidents/${incident}/resolve`, `/v1/incidents/${absentId}/resolve`],
        ['DELETE', `/v1/api-keys/${apiKey.id}`, `/v1/api-keys/${absentId}`],
      ];
      for (const [method, theirs, absent, body] of pairs) {
        const options = { key, ...(body === undefined ? {} : { body }) };
        const one = await client().call(method, theirs, options);
        const other = await client().call(method, absent, options);
        expect([method, theirs, one.status, other.status]).toEqual([method, theirs, 404, 404]);
        expect(withoutRequest(one)).toEqual(withoutRequest(other));
      }
      expect((await client().call('GET', `/v1/channels/${channel.id}`)).status).toBe(200);
      expect((await client().call('GET', '/v1/models', { key: apiKey.key })).status).toBe(200);
    });

    test('the same slug and the same ids live in both projects', async () => {
      const { key } = await client().send<{ key: string }>('POST', '/v1/projects', { name: 'Twin' });
      await client().call('PUT', '/v1/models/keys', {
        key,
        body: { task: 'regression', display_name: 'Twin' },
      });
      const answer = await client().call('POST', '/v1/models/keys/events', { key, body: someEvents });
      expect(answer.body).toMatchObject({ accepted: 1, duplicates: 0 });
      expect(await client().get<{ display_name: string }>('/v1/models/keys')).not.toMatchObject({
        display_name: 'Twin',
      });
    });

    test('only an admin of the installation makes projects', async () => {
      const { key } = await client().send<{ key: string }>('POST', '/v1/projects', { name: 'Third' });
      expect((await client().call('POST', '/v1/projects', { key, body: { name: 'Fourth' } })).status).toBe(
        403,
      );
    });
  });
}

export function signInContract(
  client: () => Client,
  product: () => RunningServer,
  admin: { email: string; password: string },
): void {
  const signIn = (email: string, password: string) =>
    client().call('POST', '/v1/auth/sign-in/email', {
      key: null,
      body: { email, password },
      headers: { origin: product().url },
    });
  const cookieOf = ({ headers }: Answer<unknown>) =>
    headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');

  describe('signing in', () => {
    test('the first admin comes from the environment and gets a cookie that opens the same routes', async () => {
      const answer = await signIn(admin.email, admin.password);
      expect(answer.status, answer.text).toBe(200);
      expect(answer.headers.getSetCookie().join()).toMatch(/httponly/i);
      const headers = { cookie: cookieOf(answer) };
      const me = await client().call('GET', '/v1/me', { key: null, headers });
      expect([me.status, me.text.includes(admin.email)]).toEqual([200, true]);
      expect((await client().call('GET', '/v1/models', { key: null, headers })).status).toBe(200);
      const fromElsewhere = { ...headers, origin: 'https://evil.example' };
      const forged = await client().call('PUT', '/v1/models/forged', {
        key: null,
        headers: fromElsewhere,
        body: { task: 'regression' },
      });
      expect([401, 403]).toContain(forged.status);
      const out = await client().call('POST', '/v1/auth/sign-out', {
        key: null,
        headers: { ...headers, origin: product().url },
      });
      expect(out.status).toBeLessThan(300);
      expect((await client().call('GET', '/v1/models', { key: null, headers })).status).toBe(401);
    });

    test('a wrong password and an unknown person get the same answer', async () => {
      const wrong = await signIn(admin.email, 'wrong-password-123');
      const unknown = await signIn('nobody@example.com', 'wrong-password-123');
      expect([wrong.status, unknown.status]).toEqual([401, 401]);
      expect(withoutRequest(wrong)).toEqual(withoutRequest(unknown));
    });

    test('/sign-in is a page', async () => {
      const answer = await client().call('GET', '/sign-in', { key: null });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('text/html'),
      ]);
    });
  });
}

export function setupContract(client: () => Client, product: () => RunningServer): void {
  describe('an installation without an admin', () => {
    test('prints a link /setup?token=…, which works once', async () => {
      const token = /\/setup\?token=([\w-]+)/.exec(product().output())?.[1];
      expect(token, product().output()).toBeDefined();
      const page = await client().call('GET', `/setup?token=${token}`, { key: null });
      expect([page.status, page.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('text/html'),
      ]);
      const setUp = (sent: string, email: string) =>
        client().call('POST', '/v1/setup', {
          key: null,
          headers: { origin: product().url },
          body: { token: sent, email, password: 'correct-horse-battery' },
        });
      expect([401, 403, 404, 410, 422]).toContain((await setUp('wrong-token', 'a@example.com')).status);
      const first = await setUp(token ?? '', 'first@example.com');
      expect(first.status, first.text).toBeLessThan(300);
      expect([401, 403, 404, 409, 410, 422]).toContain(
        (await setUp(token ?? '', 'second@example.com')).status,
      );
      const headers = { origin: product().url };
      const body = { email: 'first@example.com', password: 'correct-horse-battery' };
      expect(
        (await client().call('POST', '/v1/auth/sign-in/email', { key: null, headers, body })).status,
      ).toBe(200);
    });
  });
}
