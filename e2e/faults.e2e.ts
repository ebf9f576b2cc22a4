import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { IngestStatus } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiOf, type CallApi } from './api.ts';
import { freeze, processOf } from './faults/nemesis.ts';
import { openProxy } from './faults/proxy.ts';
import { eventOf, model } from './faults/rows.ts';
import { runFaults } from './faults/run-faults.ts';
import { type Sent, sendRows } from './faults/send.ts';
import { makeFolder, type RunningServer, startServer } from './server.ts';
import { waitUntil } from './wait-until.ts';

const answeredWithinMs = 2_000;
const healthyWithinMs = 3_000;

test('twenty kills, freezes and a bad network loses nothing, doubles nothing and changes no number', async () => {
  const seed = Date.now() % 1_000_000;
  process.stdout.write(`seed=${seed}\n`);
  const durationMs = 80_000;
  const report = await runFaults({
    seed,
    durationMs,
    counts: {
      kill: { api: 5, worker: 5, postgres: 4, everything: 2 },
      freeze: { api: 1, worker: 1, postgres: 1 },
      terminate: { api: 1, worker: 0 },
    },
    writers: 4,
    eventsPerSecond: 500,
    say: () => {},
  });
  process.stdout.write(`${JSON.stringify({ ...report, logFaults: report.logFaults.length })}\n`);
  expect(report).toMatchObject({
    lost: [],
    unexpected: [],
    repeated: [],
    changed: [],
    wrongAnswers: [],
    wrongNumbers: [],
    logFaults: [],
    deadlocks: 0,
    left: 0,
  });
  expect(report.mirrored).toBe(report.stored);
  expect(report.events).toBe(report.stored);
  expect(report.stored).toBeGreaterThan(200);
}, 200_000);

describe('one fault at a time', () => {
  const origin = { seed: 1, fromMs: Date.now() - 72 * 3_600_000 };
  let folder: string;
  let server: RunningServer;
  let callApi: CallApi;
  let next = 0;
  beforeAll(async () => {
    folder = makeFolder();
    server = await startServer({ DATA_DIR: path.join(folder, 'data') });
    callApi = apiOf(server);
    await callApi('PUT', '/models/faults', model);
  });
  afterAll(async () => {
    expect(await server?.stop()).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  });

  const port = () => Number(new URL(server.url).port);
  const takeEvents = (count: number) => Array.from({ length: count }, () => eventOf(origin, next++));
  const post = (rows = takeEvents(10), to = port()): Promise<Sent> =>
    sendRows(
      { port: to, apiKey: server.apiKey, path: '/v1/models/faults/events' },
      { events: rows },
      { timeoutMs: 10_000 },
    );
  const status = () => callApi<IngestStatus>('GET', '/models/faults/ingest-status');

  test('a frozen database: every request is answered within 2 s, and 3 s after it thaws all is well', async () => {
    await post();
    const thaw = freeze(await processOf(server, 'postgres'));
    let thawedAt = 0;
    try {
      const answers = await Promise.all(
        Array.from({ length: 60 }, async (_, i) => {
          await wait(i * 75);
          return post();
        }),
      );
      for (const { status: code, why, retryAfterMs, tookMs } of answers) {
        expect([code, why]).toEqual([503, 'database-unavailable']);
        expect(retryAfterMs >= 1000 && retryAfterMs <= 30_000).toBe(true);
        expect(tookMs).toBeLessThan(answeredWithinMs);
      }
      const askedAt = performance.now();
      expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
      expect(performance.now() - askedAt).toBeLessThan(answeredWithinMs);
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
    } finally {
      thaw();
      thawedAt = performance.now();
    }
    await waitUntil('events to be taken again', healthyWithinMs, async () => (await post()).status === 202);
    await waitUntil('readiness', healthyWithinMs, async () => (await fetch(`${server.url}/readyz`)).ok);
    expect(performance.now() - thawedAt).toBeLessThan(healthyWithinMs);
  });

  test('SIGTERM under load: every request is stored or told to come again, none is cut', async () => {
    const before = await waitUntil('events to be taken', 5_000, async () => {
      return (await post()).status === 202 && status();
    });
    const pid = await processOf(server, 'api');
    const seen = new Map<string, number>();
    let stored = 0;
    let isOver = false;
    const client = async () => {
      while (!isOver) {
        const { status: code, why, retryAfterMs } = await post();
        if (code === 202) stored += 10;
        const what = code === 0 ? why : `${code} ${why}`;
        seen.set(what, (seen.get(what) ?? 0) + 1);
        await wait(code === 202 ? 0 : Math.max(50, retryAfterMs));
      }
    };
    const clients = Array.from({ length: 20 }, client);
    await wait(1_000);
    process.kill(pid, 'SIGTERM');
    const isGone = await waitUntil('another process in its place', 10_000, async () => {
      return (await processOf(server, 'api')) !== pid;
    });
    expect(isGone).toBe(true);
    await waitUntil(
      'the product to be ready again',
      10_000,
      async () => (await fetch(`${server.url}/readyz`)).ok,
    );
    isOver = true;
    await Promise.all(clients);
    const others = [...seen.keys()].filter(
      (what) => !['202 ', '503 shutting-down', 'ECONNREFUSED'].includes(what),
    );
    expect(others).toEqual([]);
    expect(seen.get('503 shutting-down')).toBeGreaterThan(0);
    expect((await status()).events).toBe(before.events + stored);
    expect(server.output()).toContain('The api process ended with code 0');
  });

  test('an answer that is cut after the commit: the retry counts duplicates and nothing is stored twice', async () => {
    const before = await status();
    let cuts = 0;
    const proxy = await openProxy(port(), () => {
      cuts += 1;
      return { kind: 'cut-response', afterBytes: cuts * 7 };
    });
    const rows = takeEvents(100);
    for (let i = 0; i < 5; i += 1) expect((await post(rows, proxy.port)).status).toBe(0);
    proxy.close();
    await waitUntil(
      'the rows to be stored',
      5_000,
      async () => (await status()).events === before.events + 100,
    );
    const { answer } = await post(rows.toReversed());
    expect(answer).toMatchObject({ accepted: 0, duplicates: 100, rejected: [] });
    const after = await waitUntil('all events in parts', 30_000, async () => {
      const now = await status();
      return now.mirrored_events >= now.events && now;
    });
    expect([after.events, after.mirrored_events]).toEqual([before.events + 100, before.events + 100]);
  });

  test('a launcher whose output nobody reads any more stops everything in order', async () => {
    server.stopReading();
    expect(await server.stop()).toEqual([]);
    expect(await server.exited).toEqual({ code: 0, signal: null });
  });
});
