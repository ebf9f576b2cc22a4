import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@plumbline/db/testing';
import { createLogger } from '@plumbline/runtime';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startApi } from './start-api.ts';
import { at } from './test-api.ts';
import { openDatabaseProxy } from './test-database-proxy.ts';

const key = 'pl_a-key-of-the-tests-0123456789';
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
const event = (id: string) => ({ prediction_id: id, prediction_timestamp: at(1), prediction_score: 0.5 });

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataDir: string;
beforeAll(async () => {
  database = await createTestDatabase(inject('postgres'));
  dataDir = await mkdtemp(join(tmpdir(), 'api-'));
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (databaseUrl: string) =>
  startApi({
    databaseUrl,
    host: '127.0.0.1',
    port: 0,
    dataDir: join(dataDir, 'made/when/missing'),
    secret: 'the secret of a test installation',
    webhookAllowPrivate: false,
    columnarMemoryMb: 256,
    apiKey: key,
    admin: { email: 'ann@example.com', password: 'correct horse battery' },
    logger: createLogger({ name: 'api', level: 'silent' }),
  });

test('starting twice keeps the key and the admin; a started request ends before the server does', async () => {
  const first = await start(database.connectionString);
  expect(first.bootstrapped).toEqual({ apiKey: null, setupPath: null });
  await first.close();
  const api = await start(database.connectionString);
  const put = await fetch(`${api.url}/v1/models/m`, {
    method: 'PUT',
    headers,
    body: '{"task":"regression"}',
  });
  expect(put.status).toBe(201);
  const url = new URL(`${api.url}/v1/models/m/events`);
  const slow = request(url, { method: 'POST', headers: { ...headers, expect: '100-continue' } });
  const text = JSON.stringify({ events: [event('a')] });
  slow.flushHeaders();
  await once(slow, 'continue');
  const closed = api.close();
  slow.end(text);
  const [response] = await once(slow, 'response');
  response.resume();
  expect(response.statusCode).toBe(202);
  await closed;
});

test('while the database cannot be reached the answer is 503 with Retry-After, and afterwards all is well', async () => {
  const proxy = await openDatabaseProxy(database.connectionString);
  const api = await start(proxy.connectionString);
  const post = (id: string) =>
    fetch(`${api.url}/v1/models/m/events`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ events: [event(id)] }),
    });
  await fetch(`${api.url}/v1/models/m`, { method: 'PUT', headers, body: '{"task":"regression"}' });
  expect((await post('b')).status).toBe(202);
  proxy.set('closed');
  const down = await post('c');
  expect([down.status, down.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  expect((await down.json()) as { type: string }).toMatchObject({
    type: expect.stringMatching(/database-unavailable$/),
  });
  expect((await fetch(`${api.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  proxy.set('open');
  const deadline = Date.now() + 10_000;
  let status = 503;
  while (status === 503 && Date.now() < deadline) status = (await post('d')).status;
  expect(status).toBe(202);
  await api.close();
  proxy.close();
});
