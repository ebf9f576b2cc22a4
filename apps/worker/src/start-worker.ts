import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createColumnar } from '@plumbline/columnar';
import { createDb } from '@plumbline/db';
import { createNegativeLabels, importsDirectory as importsIn } from '@plumbline/intake';
import { createGuardedClient } from '@plumbline/outbound';
import {
  createConsumer,
  createQueue,
  type Processors,
  type Queue,
  type QueueConnection,
} from '@plumbline/queue';
import { createLogger, type Logger, startHealthServer } from '@plumbline/runtime';
import type { ImportContext } from './features/imports/import-context.ts';
import { startCatchUp } from './features/sweep/start-catch-up.ts';
import { compactProcessor } from './processors/compact.processor.ts';
import { deliverProcessor } from './processors/deliver.processor.ts';
import { importProcessor } from './processors/import.processor.ts';
import { judgeProcessor } from './processors/judge.processor.ts';
import { learnProcessor } from './processors/learn.processor.ts';
import { multivariateProcessor } from './processors/multivariate.processor.ts';
import { refreshProcessor } from './processors/refresh.processor.ts';
import { sweepProcessor } from './processors/sweep.processor.ts';
import { retryUntilReady } from './retry-until-ready.ts';
import type { WorkerContext } from './worker-context.ts';

/** One processor stays free for requests; more than four gain little on parts of a second. */
const spareThreads = () => Math.min(4, Math.max(1, availableParallelism() - 1));

const sweepMs = 1_000;
/** The schedule lives in the queue, which may be emptied; setting it again costs nothing. */
const rescheduleMs = 10_000;

export interface WorkerOptions {
  databaseUrl: string;
  /** Jobs live in Redis when given, else in the database. */
  redisUrl?: string;
  /** Parts live in `<dataDir>/parts`. */
  dataDir: string;
  /** Unseals webhook secrets; the API seals them with the same one. */
  secret: string;
  publicUrl: string;
  webhookAllowPrivate?: boolean;
  /** Refreshes and compactions at a time. */
  concurrency?: number;
  columnarMemoryMb?: number;
  columnarThreads?: number;
  /** Serves `/healthz` and `/readyz` when given; 0 = any free port. */
  healthPort?: number;
  logger?: Logger;
  now?: () => Date;
}

export interface RunningWorker {
  healthPort: number | null;
  /** Stops taking jobs, waits for running ones, closes everything. */
  close(): Promise<void>;
}

const processorsOf = (context: WorkerContext & ImportContext): Processors => ({
  refresh: refreshProcessor(context),
  judge: judgeProcessor(context),
  compact: compactProcessor(context),
  import: importProcessor(context),
  multivariate: multivariateProcessor(context),
  learn: learnProcessor(context),
  deliver: deliverProcessor(context),
  sweep: sweepProcessor(context),
});

/** Connecting anew makes the queue's tables again in case they are gone; what waited there the sweep finds. */
async function reschedule(connection: QueueConnection, queue: Queue, logger: Logger): Promise<void> {
  try {
    await queue.scheduleSweep(sweepMs);
  } catch {
    const fresh = await createQueue(connection, { logger });
    await fresh.scheduleSweep(sweepMs).finally(() => fresh.close());
  }
}

/**
 * Starts a worker in this process. Database and queue may be away at first: it waits for them until `signal` aborts.
 * @throws when the clock is more than 2 s off the database's and jobs live there.
 */
export async function startWorker(
  options: WorkerOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<RunningWorker> {
  const logger = options.logger ?? createLogger({ name: 'worker', level: 'warn' });
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of opened.splice(0).reverse()) await step();
  };
  const keep = <T extends { close(): Promise<void> }>(resource: T): T => {
    opened.push(() => resource.close());
    return resource;
  };
  try {
    return await start();
  } catch (error) {
    await close();
    throw error;
  }

  async function start(): Promise<RunningWorker> {
    const connection: QueueConnection = options.redisUrl
      ? { kind: 'redis', url: options.redisUrl }
      : { kind: 'postgres', connectionString: options.databaseUrl };
    const scratchDirectory = join(options.dataDir, 'incoming');
    const importsDirectory = importsIn(options.dataDir);
    const directories = {
      scratchDirectory,
      importsDirectory,
      uploadsDirectory: join(options.dataDir, 'uploads'),
    };
    for (const directory of [scratchDirectory, importsDirectory]) await mkdir(directory, { recursive: true });
    const db = keep(
      createDb({
        connectionString: options.databaseUrl,
        onConnectionError: (error) => logger.warn({ reason: error.message }, 'database connection'),
      }),
    );
    const columnar = keep(
      await createColumnar({
        root: join(options.dataDir, 'parts'),
        incomingDirectories: [scratchDirectory, importsDirectory],
        memoryLimitMb: options.columnarMemoryMb ?? 1024,
        threads: options.columnarThreads ?? spareThreads(),
      }),
    );
    const outbound = keep(createGuardedClient({ allowPrivate: options.webhookAllowPrivate ?? false }));
    const clockSkewMs = await retryUntilReady(() => db.clockSkewMs(), { name: 'database', logger, signal });
    const connect = () => createQueue(connection, { logger });
    const queue = keep(await retryUntilReady(connect, { name: 'queue', logger, signal }));
    const { secret, publicUrl, now = () => new Date() } = options;
    const parts = { db, columnar, queue, outbound, logger, secret, publicUrl, now };
    const processors = processorsOf({
      ...parts,
      ...directories,
      labels: createNegativeLabels(db),
      random: Math.random,
    });
    const concurrency = options.concurrency ?? 2;
    keep(await createConsumer(connection, processors, { concurrency, logger, clockSkewMs }));

    keep(startCatchUp({ db, logger }, processors.refresh));
    await queue.scheduleSweep(sweepMs);
    const timer = setInterval(() => {
      reschedule(connection, queue, logger).catch((error: Error) => {
        logger.warn({ reason: error.message }, 'the sweep was not scheduled');
      });
    }, rescheduleMs);
    opened.push(async () => clearInterval(timer));

    const checks = { database: () => db.ping(), queue: () => queue.ping() };
    const health =
      options.healthPort === undefined
        ? null
        : keep(await startHealthServer({ port: options.healthPort, checks }));
    logger.info({ queue: connection.kind, concurrency }, 'worker ready');
    return { healthPort: health?.port ?? null, close };
  }
}
