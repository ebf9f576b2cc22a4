import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ApiOptions, startApi } from '@plumbline/api';
import { createColumnar, toColumnarModel } from '@plumbline/columnar';
import { createDb } from '@plumbline/db';
import { createGuardedClient } from '@plumbline/outbound';
import { compactProcessor } from '../processors/compact.processor.ts';
import { refreshProcessor } from '../processors/refresh.processor.ts';
import { openInstallation, secret } from '../test-installation.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { Job } from './schedule.ts';

const mostAttempts = 20;
const apiKey = 'exactness-0123456789abcdef';

export interface LabAnswer {
  status: number;
  isReplayed: boolean;
  /** The server was too busy at first: whether that request was stored is not known. */
  isRetried: boolean;
  body: Record<string, unknown>;
}

/** Mirrors one pending batch, whatever waits behind it. */
async function nibble(context: WorkerContext, modelId: string): Promise<void> {
  const { db, columnar, scratchDirectory: directory } = context;
  await db.parts.mirror(modelId, { maxRows: 1, directory }, async (rows) => {
    const model = await db.models.get(modelId);
    if (!model) throw new Error(`no model ${modelId}`);
    const parts = await columnar.writeParts(toColumnarModel(model), rows);
    return { parts, touchedHours: await columnar.touchedHours(parts) };
  });
}

export type Laboratory = Awaited<ReturnType<typeof openLaboratory>>;

/**
 * An installation with the real API behind HTTP and several workers whose jobs run when they are told to. Each worker
 * has its own connections and its own DuckDB, as processes of their own would.
 */
export async function openLaboratory({ workers, api = {} }: { workers: number; api?: Partial<ApiOptions> }) {
  const it = await openInstallation();
  const running = await startApi({
    databaseUrl: it.connectionString,
    host: '127.0.0.1',
    port: 0,
    dataDir: it.dataDir,
    secret,
    webhookAllowPrivate: false,
    columnarMemoryMb: 512,
    logger: it.logger,
    apiKey,
    ...api,
  });
  const outbound = createGuardedClient({ allowPrivate: true });
  const opened = await Promise.all(
    Array.from({ length: workers }, async () => {
      const db = createDb({ connectionString: it.connectionString, connectionTimeoutMs: 20_000 });
      const columnar = await createColumnar({
        root: join(it.dataDir, 'parts'),
        incomingDirectories: [it.dataDir],
        memoryLimitMb: 512,
        threads: 1,
      });
      const context: WorkerContext = {
        db,
        columnar,
        queue: it.queue,
        outbound,
        logger: it.logger,
        secret,
        publicUrl: 'http://plumbline.test',
        scratchDirectory: join(it.dataDir, 'incoming'),
        uploadsDirectory: join(it.dataDir, 'uploads'),
        now: () => new Date(),
        random: Math.random,
      };
      const jobs = {
        refresh: refreshProcessor(context),
        compact: compactProcessor(context),
        nibble: ({ modelId }: { modelId: string }) => nibble(context, modelId),
      };
      return { jobs, close: () => Promise.all([columnar.close(), db.close()]) };
    }),
  );
  const { signal } = new AbortController();

  return {
    ...it,
    /** Does what clients do when the server says it is too busy: tries again. */
    async call(
      method: string,
      path: string,
      body?: string,
      headers: Record<string, string> = {},
    ): Promise<LabAnswer> {
      const request = {
        method,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      };
      for (let attempt = 1; ; attempt += 1) {
        const response = await fetch(`${running.url}${path}`, request);
        const answer = (await response.json()) as Record<string, unknown>;
        const isReplayed = response.headers.get('idempotent-replayed') === 'true';
        if (response.status !== 503 || attempt === mostAttempts)
          return { status: response.status, isReplayed, isRetried: attempt > 1, body: answer };
        await wait(Number(response.headers.get('retry-after') ?? 1) * 1_000);
      }
    },
    /** The id of the model with this slug. */
    async modelId(slug: string): Promise<string> {
      const project = await it.db.access.firstProject();
      const model = await it.db.models.find(project?.id ?? '', slug);
      if (!model) throw new Error(`no model ${slug}`);
      return model.id;
    },
    work: (worker: number, job: Job, modelId: string) => opened[worker]?.jobs[job]({ modelId }, { signal }),
    /** Every row mirrored, every hour profiled, every merge that is due done. */
    async settle(modelId: string): Promise<void> {
      await opened[0]?.jobs.refresh({ modelId }, { signal });
      await opened[0]?.jobs.compact({ modelId }, { signal });
    },
    closeApi: () => running.close(),
    async close() {
      await running.close();
      for (const worker of opened) await worker.close();
      await outbound.close();
      await it.close();
    },
  };
}
