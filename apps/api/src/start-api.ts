import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createColumnar } from '@plumbline/columnar';
import { createDb } from '@plumbline/db';
import { createQueue, type QueueConnection } from '@plumbline/queue';
import type { Logger } from '@plumbline/runtime';
import { buildApp } from './app.ts';
import { type BootstrapOptions, type Bootstrapped, bootstrap } from './bootstrap.ts';
import type { ApiConfig } from './deps.ts';

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

/** Opens database, parts and queue and serves the API. The database must be migrated. */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { logger, databaseUrl, dataDir } = options;
  const partsRoot = join(dataDir, 'parts');
  const uploads = join(dataDir, 'uploads');
  await Promise.all([mkdir(partsRoot, { recursive: true }), mkdir(uploads, { recursive: true })]);
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closeOne of opened.reverse()) await closeOne();
  };
  try {
    const db = createDb({
      connectionString: databaseUrl,
      onConnectionError: (error) => logger.warn({ err: error }, 'database connection'),
    });
    opened.push(() => db.close());
    const bootstrapped = await bootstrap(db, options, options);
    const columnar = await createColumnar({
      root: partsRoot,
      incomingDirectories: [uploads],
      memoryLimitMb: options.columnarMemoryMb,
      threads: availableParallelism(),
      timeoutMs: queryTimeoutMs,
    });
    opened.push(() => columnar.close());
    const queue = await createQueue(queueConnection(options), { logger });
    opened.push(() => queue.close());
    const app = await buildApp({ db, columnar, queue, config: options, logger });
    opened.push(() => app.close());
    const url = await app.listen({ host: options.host, port: options.port });
    return { url, bootstrapped, close };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

function queueConnection({ redisUrl, databaseUrl }: ApiOptions): QueueConnection {
  return redisUrl ? { kind: 'redis', url: redisUrl } : { kind: 'postgres', connectionString: databaseUrl };
}
