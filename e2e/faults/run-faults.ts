import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { IngestStatus } from '@plumbline/contracts';
import { apiOf, type CallApi } from '../api.ts';
import { freePort } from '../free-port.ts';
import { makeFolder, type RunningServer, startServer } from '../server.ts';
import { waitUntil } from '../wait-until.ts';
import { checkAnswers } from './check-answers.ts';
import { checkHistory, expectationOf, type Findings } from './check-history.ts';
import { type HistoryEntry, openHistory } from './history.ts';
import { logFaults } from './log-faults.ts';
import { playFaults } from './nemesis.ts';
import { type FaultCounts, planFaults } from './nemesis-plan.ts';
import { mishapOf, openProxy } from './proxy.ts';
import { randomOf } from './random.ts';
import { readEvents, readGroups, readPerformance } from './read-stored.ts';
import { model, type Origin } from './rows.ts';
import { startWriter } from './writer.ts';

export interface FaultRun {
  seed: number;
  durationMs: number;
  counts: FaultCounts;
  writers: number;
  eventsPerSecond: number;
  say: (line: string) => void;
}

export interface FaultReport extends Findings {
  seed: number;
  faults: number;
  acknowledged: number;
  /** Attempts by how they ended: `202`, `503 database-unavailable`, `ECONNRESET` … */
  outcomes: Record<string, number>;
  stored: number;
  events: number;
  mirrored: number;
  /** From the last fault until every event was in a part. */
  drainedAfterMs: number;
  /** Answers that differ from what the rows say. */
  wrongNumbers: string[];
  logFaults: string[];
  deadlocks: number;
  left: number;
}

const batchSize = 25;
const settleMs = 60_000;
const drainMs = 60_000;

function countOutcomes(entries: readonly HistoryEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of entries) {
    if (entry.type === 'invoke') continue;
    const name = [entry.status || '', entry.why].filter(Boolean).join(' ');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

async function drained(callApi: CallApi): Promise<IngestStatus> {
  return waitUntil('every event in a live part', drainMs, async () => {
    const status = await callApi<IngestStatus>('GET', '/models/faults/ingest-status');
    return status.mirrored_events >= status.events && (status.lag_seconds ?? 0) === 0 && status;
  });
}

/** Runs the built product under writers and faults, lets it heal and holds what it stores and says against the history. */
export async function runFaults(run: FaultRun): Promise<FaultReport> {
  const { seed, say } = run;
  const folder = makeFolder();
  const settings = { DATA_DIR: path.join(folder, 'data'), PORT: String(await freePort()) };
  mkdirSync(settings.DATA_DIR, { recursive: true });
  const history = openHistory(path.join(folder, 'history.jsonl'));
  const current: { server: RunningServer } = { server: await startServer(settings) };
  const hour = 3_600_000;
  const origin: Origin = { seed, fromMs: Math.floor(Date.now() / hour) * hour - 72 * hour };
  const random = randomOf(seed + 1);
  const proxy = await openProxy(Number(settings.PORT), () => mishapOf(random));
  try {
    const callApi = apiOf(current.server);
    await callApi('PUT', '/models/faults', model);
    let port = proxy.port;
    let nextIndex = 0;
    const writers = Array.from({ length: run.writers }, (_, i) =>
      startWriter({
        origin,
        random: randomOf(seed * 31 + i),
        history,
        port: () => port,
        apiKey: current.server.apiKey,
        path: '/v1/models/faults',
        batchSize,
        everyMs: (1000 * batchSize * run.writers) / run.eventsPerSecond,
        nextIndex: () => {
          nextIndex += batchSize;
          return nextIndex - batchSize;
        },
      }),
    );
    await wait(1000);
    const plan = planFaults(seed, run.durationMs, run.counts);
    await playFaults(plan, current, () => startServer(settings), say);
    const healedAt = Date.now();
    await waitUntil('the product to be ready', settleMs, async () => {
      return (await fetch(`${current.server.url}/readyz`)).ok;
    });
    await wait(1000);
    port = Number(settings.PORT);
    let isSettled = false;
    void Promise.all(writers.map((writer) => writer.stop())).then(() => {
      isSettled = true;
    });
    await waitUntil('the outcome of every batch', settleMs, () => isSettled);
    const { events, mirrored_events: mirrored } = await drained(callApi);
    const drainedAfterMs = Date.now() - healedAt;

    const entries = history.entries();
    const stored = await readEvents(callApi, origin);
    const wrongNumbers = checkAnswers({
      origin,
      labels: expectationOf(entries).labels,
      stored,
      performance: await readPerformance(callApi, origin),
      groups: await readGroups(callApi, origin),
    });
    const logs = (name: string) => readFileSync(path.join(settings.DATA_DIR, 'logs', `${name}.log`), 'utf8');
    return {
      seed,
      faults: plan.length,
      acknowledged: expectationOf(entries).acknowledged.size,
      outcomes: countOutcomes(entries),
      stored: stored.length,
      events,
      mirrored,
      drainedAfterMs,
      ...checkHistory(entries, stored),
      wrongNumbers,
      logFaults: ['api', 'worker'].flatMap((name) => logFaults(logs(name)).map((line) => `${name}: ${line}`)),
      deadlocks: logs('postgres').split('deadlock detected').length - 1,
      left: (await current.server.stop({ keepData: true })).length,
    };
  } finally {
    proxy.close();
    history.close();
    await current.server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
