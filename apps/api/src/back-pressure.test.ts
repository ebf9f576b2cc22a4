import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createDb } from '@plumbline/db';
import { createTestDatabase } from '@plumbline/db/testing';
import { createLogger } from '@plumbline/runtime';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import type { PressureBounds } from './deps.ts';
import { type RunningApi, startApi } from './start-api.ts';
import { at } from './test-api.ts';
import { openDatabaseProxy } from './test-database-proxy.ts';

const key = 'pl_a-key-of-the-tests-0123456789';
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
const answeredWithinMs = 2_000;
const healthyWithinMs = 3_000;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let proxy: Awaited<ReturnType<typeof openDatabaseProxy>>;
let dataDir: string;
let api: RunningApi | undefined;
beforeEach(async () => {
  database = await createTestDatabase(inject('postgres'));
  proxy = await openDatabaseProxy(database.connectionString);
  dataDir = await mkdtemp(join(tmpdir(), 'api-'));
});
afterEach(async () => {
  await api?.close();
  api = undefined;
  proxy.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(bounds: PressureBounds = {}): Promise<RunningApi> {
  api = await startApi({
    databaseUrl: proxy.connectionString,
    host: '127.0.0.1',
    port: 0,
    dataDir,
    secret: 'the secret of a test installation',
    webhookAllowPrivate: false,
    columnarMemoryMb: 256,
    apiKey: key,
    admin: { email: 'ann@example.com', password: 'correct horse battery' },
    logger: createLogger({ name: 'api', level: 'silent' }),
    bounds,
  });
  await fetch(`${api.url}/v1/models/m`, { method: 'PUT', headers, body: '{"task":"regression"}' });
  return api;
}

const bodyOf = (...ids: string[]) =>
  JSON.stringify({
    events: ids.map((id) => ({ prediction_id: id, prediction_timestamp: at(1), prediction_score: 0.5 })),
  });
const post = ({ url }: RunningApi, ...ids: string[]) =>
  fetch(`${url}/v1/models/m/events`, { method: 'POST', headers, body: bodyOf(...ids) });

/** Status, slug and Retry-After in seconds, and how long the answer took. */
async function outcome(asked: Promise<Response>) {
  const startedAt = performance.now();
  const answer = await asked;
  const body = (await answer.json()) as { type?: string; reasons?: string[] };
  const tookMs = performance.now() - startedAt;
  const slug = body.type?.split('/').pop();
  return { status: answer.status, slug, retryAfter: Number(answer.headers.get('retry-after')), tookMs, body };
}

function expectRefused(result: Awaited<ReturnType<typeof outcome>>, slug: string): void {
  expect(result).toMatchObject({ status: 503, slug });
  expect(result.retryAfter).toBeGreaterThanOrEqual(1);
  expect(result.retryAfter).toBeLessThanOrEqual(30);
  expect(result.tookMs).toBeLessThan(answeredWithinMs);
}

async function untilPost(running: RunningApi, status: number, withinMs: number): Promise<number> {
  const startedAt = performance.now();
  for (let i = 0; ; i += 1) {
    const answer = await outcome(post(running, `until-${status}-${i}`));
    const tookMs = performance.now() - startedAt;
    if (answer.status === status) return tookMs;
    if (tookMs > withinMs) throw new Error(`still ${answer.status} ${answer.slug} after ${tookMs} ms`);
    await wait(25);
  }
}

test('a silent database: who waits for it and who comes later gets 503 within 2 s; afterwards all is well', async () => {
  const running = await start();
  await untilPost(running, 202, healthyWithinMs);
  proxy.set('silent');
  const asked = Array.from({ length: 30 }, async (_, i) => {
    await wait(i * 100);
    return outcome(post(running, `silent-${i}`));
  });
  const questions = Array.from({ length: 5 }, async (_, i) => {
    await wait(i * 300);
    return outcome(fetch(`${running.url}/v1/models/m/performance`, { headers }));
  });
  for (const result of await Promise.all([...asked, ...questions])) {
    expectRefused(result, 'database-unavailable');
  }
  const ready = await outcome(fetch(`${running.url}/readyz`));
  expect(ready).toMatchObject({ status: 503, body: { reasons: ['database-unavailable'] } });
  expect(ready.tookMs).toBeLessThan(answeredWithinMs);
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
  const metrics = await (await fetch(`${running.url}/metrics`)).text();
  expect(metrics).toContain('plumbline_refusing{reason="database-unavailable"} 1');
  proxy.set('open');
  await untilPost(running, 202, healthyWithinMs);
  expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
});

test('a database that takes no new connection: every request is answered within 2 s, soon without waiting', async () => {
  const running = await start();
  await untilPost(running, 202, healthyWithinMs);
  proxy.set('no-new');
  // More than the connections that are open: some have to wait for one that does not come.
  const first = await Promise.all(Array.from({ length: 12 }, (_, i) => outcome(post(running, `new-${i}`))));
  for (const result of first) {
    expect(result.tookMs).toBeLessThan(answeredWithinMs);
    if (result.status !== 202) expectRefused(result, 'database-unavailable');
  }
  expect(first.some(({ status }) => status === 503)).toBe(true);
  const end = performance.now() + 10_000;
  for (let tookMs = answeredWithinMs; tookMs > 500; ) {
    expect(performance.now()).toBeLessThan(end);
    const results = await Promise.all(
      Array.from({ length: 4 }, (_, i) => outcome(post(running, `later-${i}`))),
    );
    tookMs = Math.max(...results.map((result) => (result.status === 503 ? result.tookMs : answeredWithinMs)));
    expect(tookMs).toBeLessThanOrEqual(answeredWithinMs);
  }
  expect((await outcome(fetch(`${running.url}/readyz`))).body.reasons).toEqual(['database-unavailable']);
  proxy.set('open');
  await untilPost(running, 202, healthyWithinMs);
});

test('a database that refuses: 503 at once, well again when it takes connections', async () => {
  const running = await start();
  await untilPost(running, 202, healthyWithinMs);
  proxy.set('closed');
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, i) => outcome(post(running, `away-${i}`))),
  );
  for (const result of results) expectRefused(result, 'database-unavailable');
  proxy.set('open');
  await untilPost(running, 202, healthyWithinMs);
});

test('a full disk keeps rows out, not questions', async () => {
  const running = await start({ storageFreeBytes: Number.MAX_SAFE_INTEGER });
  await untilPost(running, 503, healthyWithinMs);
  expectRefused(await outcome(post(running, 'a')), 'storage-low');
  expect((await fetch(`${running.url}/v1/models`, { headers })).status).toBe(200);
  expect(await outcome(fetch(`${running.url}/readyz`))).toMatchObject({
    status: 503,
    body: { reasons: ['storage-low'], checks: { database: true } },
  });
});

test('a backlog of rows that no part covers keeps rows out until it is worked off', async () => {
  const running = await start({ backlogRows: 10 });
  await post(running, ...Array.from({ length: 11 }, (_, i) => `row-${i}`));
  await untilPost(running, 503, 10_000);
  expectRefused(await outcome(post(running, 'late')), 'queue-saturated');
  expect((await fetch(`${running.url}/v1/models`, { headers })).status).toBe(200);
  const db = createDb({ connectionString: database.connectionString });
  const project = await db.access.firstProject();
  const model = await db.models.find(project?.id ?? '', 'm');
  await db.parts.mirror(model?.id ?? '', { maxRows: 1000, directory: dataDir }, async () => ({
    parts: [],
    touchedHours: [],
  }));
  await db.close();
  await untilPost(running, 202, 10_000);
});

/** A post that the server has begun to read and whose body stays open until it is ended. */
async function openPost({ url }: RunningApi, agent?: Agent) {
  const text = bodyOf('slow');
  const slow = request(new URL(`${url}/v1/models/m/events`), {
    method: 'POST',
    headers: { ...headers, expect: '100-continue', 'content-length': text.length },
    ...(agent ? { agent } : {}),
  });
  slow.flushHeaders();
  await once(slow, 'continue');
  slow.write(text.slice(0, 10));
  return {
    async end(): Promise<number> {
      slow.end(text.slice(10));
      const [response] = await once(slow, 'response');
      response.resume();
      return response.statusCode;
    },
  };
}

test('bodies that are held count against a bound: one more is refused, the one let in is taken', async () => {
  const running = await start({ bodyBytes: 10 });
  await untilPost(running, 202, healthyWithinMs);
  const slow = await openPost(running);
  await untilPost(running, 503, healthyWithinMs);
  expectRefused(await outcome(post(running, 'b')), 'overloaded');
  expect(await slow.end()).toBe(202);
  await untilPost(running, 202, healthyWithinMs);
});

test('closing under load cuts no request: each is stored or told to come again, then connections are refused', async () => {
  const running = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const slow = await openPost(running, agent);
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  let refused = false;
  const client = async (name: number) => {
    for (let i = 0; !refused; i += 1) {
      const asked = request(new URL(`${running.url}/v1/models/m/events`), { method: 'POST', headers, agent });
      asked.end(bodyOf(`c${name}-${i}`));
      try {
        const [response] = await once(asked, 'response');
        let text = '';
        for await (const chunk of response) text += chunk;
        const slug = /problems\/([a-z-]+)/.exec(text)?.[1];
        count(slug ?? String(response.statusCode));
        if (slug) await wait(Number(response.headers['retry-after']) * 1000);
      } catch (error) {
        count((error as NodeJS.ErrnoException).code ?? 'error');
        refused = true;
      }
    }
  };
  const clients = Promise.all(Array.from({ length: 10 }, (_, i) => client(i)));
  await wait(300);
  const closed = running.close();
  await wait(600);
  expect(await slow.end()).toBe(202);
  await Promise.all([closed, clients]);
  agent.destroy();
  api = undefined;
  expect([...seen.keys()].sort()).toEqual(['202', 'ECONNREFUSED', 'shutting-down']);
});
