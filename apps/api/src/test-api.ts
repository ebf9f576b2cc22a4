import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createColumnar, toColumnarModel } from '@plumbline/columnar';
import type { Scope } from '@plumbline/contracts';
import { createDb } from '@plumbline/db';
import { createTestDatabase } from '@plumbline/db/testing';
import { createQueue } from '@plumbline/queue';
import { createLogger } from '@plumbline/runtime';
import type { InjectOptions } from 'fastify';
import { inject } from 'vitest';
import { generateApiKey, keyRecord } from './api-key.ts';
import { buildApp } from './app.ts';
import { bootstrap } from './bootstrap.ts';
import type { ApiConfig, Deps } from './deps.ts';

export type TestApi = Awaited<ReturnType<typeof openTestApi>>;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The whole API on a database, a queue and a part store of its own. Its log goes to `log` from `warn` up, or nowhere. */
export async function openTestApi(change: Partial<ApiConfig> = {}, log?: { write(line: string): void }) {
  const database = await createTestDatabase(inject('postgres'));
  const { connectionString } = database;
  const dataDir = await mkdtemp(join(tmpdir(), 'api-'));
  const config: ApiConfig = {
    databaseUrl: connectionString,
    host: '127.0.0.1',
    dataDir,
    secret: 'the secret of a test installation',
    webhookAllowPrivate: false,
    ...change,
  };
  await mkdir(join(dataDir, 'uploads'));
  const logger = createLogger({ name: 'api', level: log ? 'warn' : 'silent' }, log);
  const db = createDb({ connectionString, connectionTimeoutMs: 20_000 });
  const columnar = await createColumnar({
    root: join(dataDir, 'parts'),
    incomingDirectories: [dataDir],
    memoryLimitMb: 512,
    threads: 1,
  });
  const queue = await createQueue({ kind: 'postgres', connectionString }, { logger });
  const { apiKey, setupPath } = await bootstrap(db, config, {});
  const deps: Deps = { db, columnar, queue, config, logger };
  const app = await buildApp(deps);
  await app.ready();
  const adminKey = apiKey ?? '';

  async function call(method: string, url: string, body?: unknown, options: InjectOptions = {}) {
    const response = await app.inject({
      method: method as 'GET',
      url,
      ...(body === undefined ? {} : { payload: body as object }),
      ...options,
      headers: { authorization: `Bearer ${adminKey}`, ...options.headers },
    });
    const text = response.body;
    const isJson = text !== '' && /json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : null,
    };
  }

  /** Does what a worker does with new rows: parts and, unless told to stop there, hour and day profiles. */
  async function mirror(slug: string, { profiles = true } = {}) {
    const project = await db.access.firstProject();
    const model = await db.models.find(project?.id ?? '', slug);
    if (!model) throw new Error(`no model ${slug}`);
    const described = toColumnarModel(model);
    await db.parts.mirror(model.id, { maxRows: 1_000_000, directory: dataDir }, async (rows) => {
      const parts = await columnar.writeParts(described, rows);
      return { parts, touchedHours: await columnar.touchedHours(parts) };
    });
    if (!profiles) return;
    const stale = await db.profiles.staleHours(model.id, 10_000);
    const binSet = await db.profiles.binSet(model.id);
    const parts = await db.parts.live(model.id, { kinds: ['events', 'actuals'] });
    const [rows, days] = await Promise.all(
      (['hour', 'day'] as const).map((grain) => columnar.profiles(described, binSet.body, parts, { grain })),
    );
    const ofDay = (day: number) => (days ?? []).filter(({ start }) => start === day);
    await db.profiles.writeStale(model.id, binSet.id, {
      hours: stale,
      rows: rows ?? [],
      rollUp: ([first]) => (first ? ofDay(Math.floor(first.start / dayMs) * dayMs) : []),
    });
    await db.profiles.clearStale(model.id, stale);
  }

  return {
    app,
    ...deps,
    adminKey,
    setupPath,
    call,
    mirror,
    async createKey(projectId: string, scopes: Scope[]) {
      const key = generateApiKey();
      await db.access.createKey({ projectId, name: 'test', scopes, ...keyRecord(key) });
      return key;
    },
    async putModel(body: Record<string, unknown> = {}) {
      const slug = `model-${randomUUID().slice(0, 8)}`;
      await call('PUT', `/v1/models/${slug}`, {
        task: 'binary_classification',
        positive_label: 'late',
        ...body,
      });
      return slug;
    },
    async close() {
      await app.close();
      await queue.close();
      await columnar.close();
      await db.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** 2026-01-05, a Monday. */
export const t0 = Date.UTC(2026, 0, 5);
export const at = (hours: number) => new Date(t0 + hours * hourMs).toISOString();
