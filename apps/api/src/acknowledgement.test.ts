import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@plumbline/db/testing';
import { createLogger } from '@plumbline/runtime';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type RunningApi, startApi } from './start-api.ts';
import { at } from './test-api.ts';
import { openDatabaseProxy } from './test-database-proxy.ts';

const key = 'pl_a-key-of-the-tests-0123456789';
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let proxy: Awaited<ReturnType<typeof openDatabaseProxy>>;
let dataDir: string;
let api: RunningApi;
beforeAll(async () => {
  database = await createTestDatabase(inject('postgres'));
  proxy = await openDatabaseProxy(database.connectionString);
  dataDir = await mkdtemp(join(tmpdir(), 'api-'));
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
  });
  await fetch(`${api.url}/v1/models/m`, { method: 'PUT', headers, body: '{"task":"regression"}' });
});
afterAll(async () => {
  await api.close();
  proxy.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

type Rows = 'events' | 'events with actuals' | 'actuals';

async function post(id: string, rows: Rows) {
  const prediction = { prediction_timestamp: at(1), prediction_score: 0.5 };
  const actual = { actual_score: 0.7, actual_timestamp: at(2) };
  const row = { ...(rows === 'actuals' ? {} : prediction), ...(rows === 'events' ? {} : actual) };
  const kind = rows === 'actuals' ? 'actuals' : 'events';
  const answer = await fetch(`${api.url}/v1/models/m/${kind}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ [kind]: [{ prediction_id: id, ...row }] }),
  });
  const { accepted, duplicates } = (await answer.json()) as { accepted?: number; duplicates?: number };
  return { status: answer.status, accepted, duplicates };
}

/** Asks again, as clients do, until the answer is not 503 any more. */
async function retry(id: string, rows: Rows) {
  const end = Date.now() + 5_000;
  for (;;) {
    const answer = await post(id, rows);
    if (answer.status !== 503 || Date.now() > end) return answer;
  }
}

const everyKind: Rows[] = ['events', 'events with actuals', 'actuals'];

test.each(everyKind)(
  '%s are not acknowledged when the commit does not reach the database, and a retry stores them',
  async (rows) => {
    await retry(`warm-${rows}`, rows);
    proxy.set('no-commit');
    expect(await post(`lost-${rows}`, rows)).toMatchObject({ status: 503 });
    proxy.set('open');
    expect(await retry(`lost-${rows}`, rows)).toEqual({ status: 202, accepted: 1, duplicates: 0 });
  },
);

test.each(everyKind)(
  '%s are not acknowledged when word of the commit is lost, and a retry finds them stored',
  async (rows) => {
    await retry(`warm-${rows}`, rows);
    proxy.set('no-word-of-commit');
    expect(await post(`unknown-${rows}`, rows)).toMatchObject({ status: 503 });
    proxy.set('open');
    expect(await retry(`unknown-${rows}`, rows)).toEqual({ status: 202, accepted: 0, duplicates: 1 });
  },
);
