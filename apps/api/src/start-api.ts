import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createColumnar } from '@plumbline/columnar';
import { createDb } from '@plumbline/db';
import { importsDirectory } from '@plumbline/intake';
import { createQueue, type QueueConnection } from '@plumbline/queue';
import type { Logger } from '@plumbline/runtime';
import { buildApp } from './app.ts';
import { type BootstrapOptions, type Bootstrapped, bootstrap } from './bootstrap.ts';
import type { ApiConfig } from './deps.ts';
import { drain } from './plugins/drain.ts';

export interface ApiOptions extends ApiConfig, BootstrapOptions {
  /** 0 takes a free port. */
  port: number;
  redisUrl?: string | undefined;
  columnarMemoryMb: number;
  logger: Logger;
}

export interface RunningApi {
  /** Where it listens. */
  url: string;
  bootstrapped: Bootstrapped;
  /** Takes no new request, lets started ones finish, then closes what it opened. */
  close(): Promise<void>;
}

const queryTimeoutMs = 25_000;
/** Waiting behind others may take its time, waiting for a server that does not answer may not. */
const busyPoolMs = 10_000;
const newConnectionMs = 1_600;
/** Longest a connection to a database or queue that does not answer may hold up the end of the process. */
const closeMs = 1_000;

/** Opens database, parts and queue and serves the API. The database must be migrated. */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { logger, databaseUrl, dataDir } = options;
  const partsRoot = join(dataDir, 'parts');
  const incoming = [join(dataDir, 'uploads'), importsDirectory(dataDir)];
  for (const directory of [partsRoot, ...incoming]) await mkdir(directory, { recursive: true });
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closeOne of opened.reverse()) await closeOne();
  };
  try {
    const db = createDb({
      connectionString: databaseUrl,
      connectionTimeoutMs: busyPoolMs,
      newConnectionTimeoutMs: newConnectionMs,
      onConnectionError: (error) => logger.warn({ err: error }, 'database connection'),
    });
    opened.push(() => withinMs(closeMs, db.close()));
    const bootstrapped = await bootstrap(db, options, options);
    const columnar = await createColumnar({
      root: partsRoot,
      incomingDirectories: incoming,
      memoryLimitMb: options.columnarMemoryMb,
      threads: availableParallelism(),
      timeoutMs: queryTimeoutMs,
    });
    opened.push(() => columnar.close());
    const queue = await createQueue(queueConnection(options), { logger });
    opened.push(() => withinMs(closeMs, queue.close()));
    const app = await buildApp({ db, columnar, queue, config: options, logger });
    opened.push(() => drain(app));
    const url = await app.listen({ host: options.host, port: options.port });
    return { url, bootstrapped, close };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

function withinMs(limitMs: number, closing: Promise<void>): Promise<void> {
  return Promise.race([closing, wait(limitMs, undefined, { ref: false })]);
}

function queueConnection({ redisUrl, databaseUrl }: ApiOptions): QueueConnection {
  return redisUrl ? { kind: 'redis', url: redisUrl } : { kind: 'postgres', connectionString: databaseUrl };
}
