import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import type { IngestAnswer, IngestStatus } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiOf, type CallApi } from './api.ts';
import { freePort } from './free-port.ts';
import { launch, makeFolder, type RunningServer, startServer } from './server.ts';
import { waitUntil } from './wait-until.ts';

const exitDeadlineMs = 15_000;
const backDeadlineMs = 10_000;
const now = Date.now();
const event = (id: string) => ({
  prediction_id: id,
  prediction_timestamp: new Date(now).toISOString(),
  features: { amount: 12.5, country: 'DE' },
  prediction_score: 0.4,
});
const model = { task: 'binary_classification', positive_label: 'yes', display_name: 'Payments' };

let folder: string;
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts what must not start: its exit code, its sentences and how long it took. */
async function refused(settings: Record<string, string>) {
  const startedAt = Date.now();
  const run = launch({ PORT: String(await freePort()), DATA_DIR: path.join(folder, 'unused'), ...settings });
  const timer = setTimeout(() => void run.kill(), exitDeadlineMs);
  const { code } = await run.exited;
  clearTimeout(timer);
  const sentences = run.errors().trim().split('\n');
  return { code, sentences, tookMs: Date.now() - startedAt, left: run.processes() };
}

function expectOneSentence(result: Awaited<ReturnType<typeof refused>>, meaning: RegExp): void {
  expect(result).toMatchObject({ code: 1, sentences: [expect.stringMatching(meaning)], left: [] });
  expect(result.sentences[0]).not.toMatch(/\n|\bat .*:\d+:\d+/);
  expect(result.tookMs).toBeLessThan(exitDeadlineMs);
}

describe('a start that cannot succeed says why in one sentence and ends', () => {
  test('the port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expectOneSentence(await refused({ PORT: String(port) }), new RegExp(`Port ${port} .*in use.*PORT`));
    holder.close();
  });

  test('the data folder cannot be written', async () => {
    const blocked = path.join(folder, 'blocked');
    if (process.getuid?.() === 0) {
      writeFileSync(blocked, 'a file where the folder should be');
    } else {
      mkdirSync(blocked);
      chmodSync(blocked, 0o500);
    }
    expectOneSentence(await refused({ DATA_DIR: path.join(blocked, 'data') }), /cannot be written.*DATA_DIR/);
  });

  test('DATABASE_URL names a database that nobody serves', async () => {
    const url = `postgres://me:secret-word@127.0.0.1:${await freePort()}/plumbline`;
    const result = await refused({ DATABASE_URL: url });
    expectOneSentence(result, /DATABASE_URL/);
    expect(result.sentences.join()).not.toContain('secret-word');
  });

  test('settings that cannot be read are named, all at once', async () => {
    const result = await refused({ DATABASE_URL: 'mysql://127.0.0.1/plumbline', PORT: 'eighty' });
    expect(result).toMatchObject({ code: 78, left: [] });
    expect(result.sentences).toEqual([
      expect.any(String),
      expect.stringContaining('PORT'),
      expect.stringContaining('DATABASE_URL'),
    ]);
  });
});

describe('a running installation', () => {
  let server: RunningServer;
  let callApi: CallApi;
  let acknowledged = 0;
  const dataDirectory = () => path.join(folder, 'data');

  const post = async (count: number) => {
    const events = Array.from({ length: count }, (_, i) => event(`p-${acknowledged + i}`));
    const { accepted } = await callApi<IngestAnswer>('POST', '/models/payments/events', { events });
    expect(accepted).toBe(count);
    acknowledged += count;
  };
  const status = () => callApi<IngestStatus>('GET', '/models/payments/ingest-status');
  const processOf = (what: RegExp) => server.processes().find(({ command }) => what.test(command));

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: dataDirectory() });
    callApi = apiOf(server);
    await callApi('PUT', '/models/payments', model);
    await post(500);
  });
  afterAll(async () => {
    expect(await server?.stop()).toEqual([]);
  });

  test('refuses a second start on its data folder and goes on', async () => {
    expectOneSentence(await refused({ DATA_DIR: dataDirectory() }), /already runs on .*DATA_DIR/);
    expect((await status()).events).toBe(acknowledged);
  });

  test.each([
    ['api', /apps\/api\/dist\/main\.js/],
    ['worker', /apps\/worker\/dist\/main\.js/],
    ['postgres', /bin\/postgres -D/],
  ])(
    'starts a killed %s again within seconds and loses nothing that it acknowledged',
    async (_name, what) => {
      const before = processOf(what);
      if (!before) throw new Error('There is no such process.');
      process.kill(before.pid, 'SIGKILL');
      await waitUntil('another process in its place', backDeadlineMs, () => {
        const found = processOf(what);
        return found && found.pid !== before.pid;
      });
      await waitUntil('the product to be ready again', backDeadlineMs, async () => {
        return (await fetch(`${server.url}/readyz`)).ok;
      });
      await waitUntil('events to be taken again', backDeadlineMs, () => post(500).then(() => true));
      const counts = await waitUntil('all events in parts', 30_000, async () => {
        const { events, mirrored_events } = await status();
        return mirrored_events >= acknowledged && { events, mirrored_events };
      });
      expect(counts).toEqual({ events: acknowledged, mirrored_events: acknowledged });
    },
  );

  test('leaves no process after Ctrl-C and finds all data again at the next start', async () => {
    await post(500);
    expect(await server.stop()).toEqual([]);
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(server.errors()).toBe('');
    const log = readFileSync(path.join(dataDirectory(), 'logs/worker.log'), 'utf8');
    expect(log, 'the database outlived the worker').not.toContain('due to administrator command');
    server = await startServer({ DATA_DIR: dataDirectory() });
    callApi = apiOf(server);
    expect((await status()).events).toBe(acknowledged);
    await waitUntil(
      'all events in parts',
      30_000,
      async () => (await status()).mirrored_events === acknowledged,
    );
  });
});
