import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Columnar, createColumnar, toColumnarModel } from '@plumbline/columnar';
import type { StoredActual, StoredEvent } from '@plumbline/contracts';
import { createDb, type Db, type ModelChange, type ModelRecord } from '@plumbline/db';
import { createTestDatabase } from '@plumbline/db/testing';
import { createQueue } from '@plumbline/queue';
import { createLogger, seal } from '@plumbline/runtime';
import { inject } from 'vitest';
import { startWorker, type WorkerOptions } from './start-worker.ts';

/** 2026-01-05, a Monday. */
export const t0 = Date.UTC(2026, 0, 5);
export const webhookSecret = `whsec_${Buffer.from('a webhook secret of the tests').toString('base64')}`;
export const secret = 'the secret of a test installation';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

export type TestInstallation = Awaited<ReturnType<typeof openInstallation>>;

/** A database and a data directory of its own, without a worker yet. `close` stops workers that still run. */
export async function openInstallation() {
  const database = await createTestDatabase(inject('postgres'));
  const dataDir = await mkdtemp(join(tmpdir(), 'worker-'));
  const { connectionString } = database;
  const db: Db = createDb({ connectionString, connectionTimeoutMs: 20_000 });
  const columnar: Columnar = await createColumnar({
    root: join(dataDir, 'parts'),
    incomingDirectories: [dataDir],
    memoryLimitMb: 1024,
    threads: 1,
  });
  const project = await db.access.createProject('test');
  const logger = createLogger({ name: 'worker', level: 'silent' });
  const queue = await createQueue({ kind: 'postgres', connectionString }, { logger });
  const closers: (() => Promise<unknown> | unknown)[] = [];

  return {
    db,
    columnar,
    queue,
    logger,
    dataDir,
    connectionString,
    project,
    closers,
    async startWorker(change: Partial<WorkerOptions> = {}) {
      const worker = await startWorker({
        databaseUrl: connectionString,
        dataDir,
        secret,
        publicUrl: 'http://plumbline.test',
        webhookAllowPrivate: true,
        columnarMemoryMb: 1024,
        columnarThreads: 1,
        logger,
        ...change,
      });
      closers.push(() => worker.close());
      return worker;
    },
    async close() {
      for (const close of closers.splice(0)) await close();
      await queue.close();
      await columnar.close();
      await db.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function putModel({ db, project }: TestInstallation, change: Partial<ModelChange> = {}) {
  const { model } = await db.models.put(project.id, {
    slug: `model-${randomUUID().slice(0, 8)}`,
    task: 'binary_classification',
    positiveLabel: 'late',
    features: [
      { name: 'distance', kind: 'numeric', sensitive: false },
      { name: 'origin', kind: 'categorical', sensitive: false },
    ],
    ...change,
  });
  return model;
}

export function event(id: string, change: Partial<StoredEvent> = {}): StoredEvent {
  return {
    prediction_id: id,
    prediction_ms: t0,
    model_version: '1',
    environment: 'production',
    features: { distance: 100, origin: 'LAS' },
    prediction_score: 0.5,
    prediction_label: 'late',
    ...change,
  };
}

/** Stores rows as the API does: durable, in no part yet. The job is a hint; without a queue the sweep finds the rows. */
export async function store(
  { db, queue }: TestInstallation,
  modelId: string,
  rows: { events?: StoredEvent[]; actuals?: StoredActual[] },
) {
  const batchId = randomUUID();
  const { events = [], actuals = [] } = rows;
  await db.events.store({
    modelId,
    batchId,
    kind: events.length > 0 ? 'events' : 'actuals',
    events: events.map((event) => ({ event, body: JSON.stringify(event) })),
    actuals,
    quarantine: [],
    answer: ({ inserted }) => ({
      status: 202,
      body: { batch_id: batchId, accepted: inserted, duplicates: 0, rejected: [] },
    }),
  });
  await queue.enqueue('refresh', { modelId }).catch(() => {});
}

/** Makes these events the model's reference. */
export async function putReference(it: TestInstallation, model: ModelRecord, events: StoredEvent[]) {
  const { db, columnar, dataDir } = it;
  const path = join(dataDir, `${randomUUID()}.ndjson`);
  await writeFile(path, events.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const described = toColumnarModel(model);
  const parts = await columnar.writeReference(described, path);
  const binSet = await columnar.buildBinSet(described, parts);
  const profile = await columnar.profile(described, binSet, parts, {});
  const reference = {
    id: randomUUID(),
    source: 'upload' as const,
    rows: events.length,
    minMs: null,
    maxMs: null,
  };
  return db.profiles.setReference(model.id, reference, parts, binSet, profile);
}

/** A webhook receiver that answers with these statuses in turn; the last one stays. */
export async function startReceiver(
  it: TestInstallation,
  answers: number[],
  headers: Record<string, string> = {},
) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      response.writeHead(answers[Math.min(received.length, answers.length - 1)] ?? 200, headers).end();
      received.push({ headers: request.headers, body });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  it.closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

export function putChannel({ db, project }: TestInstallation, url: string) {
  return db.channels.create({
    projectId: project.id,
    kind: 'webhook',
    name: 'hook',
    url,
    sealedSecret: seal(secret, webhookSecret),
    enabled: true,
  });
}
