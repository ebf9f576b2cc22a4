import { existsSync } from 'node:fs';
import path from 'node:path';

import type { FirstStart } from '@plumbline/api';
import { migrate } from '@plumbline/db';
import { openDataDirectory } from './data-directory.ts';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './embedded-database.ts';
import type { StandaloneOptions } from './env.ts';
import { assertPortFree } from './free-port.ts';
import { openLog } from './log-file.ts';
import { StartupFailure } from './startup-failure.ts';
import { type ProcessPlan, type SupervisedProcess, supervise } from './supervised-process.ts';

export interface Standalone {
  url: string;
  connectionString: string;
  logDirectory: string;
  /** The one-time link that makes the first admin; null when there is one. */
  setupUrl: string | null;
  /** The admin key this start knows: given, made now, or the demo's own. */
  apiKey: string | null;
  pids(): { api: number | undefined; worker: number | undefined; postgres: number | undefined };
  /** API first, then worker, then database: nothing that was accepted is cut. */
  stop(): Promise<void>;
}

const entry = (name: 'api' | 'worker') => path.resolve(import.meta.dirname, `../../${name}/dist/main.js`);
/** With Node's own memory each process stays well under 1 GB. */
const columnarMemoryMb = '512';
/** Bodies of megabytes live for milliseconds: in the small nursery Node starts with, collecting them takes a quarter of the time. */
const apiFlags = ['--max-semi-space-size=64'];
const migrations = path.resolve(import.meta.dirname, '../../../prisma/migrations');
const webRoot = path.resolve(import.meta.dirname, '../../web/dist');

/**
 * Database, migrations, first project and key, then API and worker as processes of their own.
 * @param say progress for people; one short line each.
 * @throws StartupFailure when the user has to mend something first.
 */
export async function startStandalone(
  options: StandaloneOptions & { demo?: boolean },
  inherited: Record<string, string>,
  say: (line: string) => void,
): Promise<Standalone> {
  const directory = openDataDirectory(options.DATA_DIR);
  const undo: (() => Promise<void> | void)[] = [directory.release];
  const stop = async () => {
    for (const step of undo.reverse().splice(0)) await step();
  };
  try {
    return await start();
  } catch (error) {
    await stop();
    throw error;
  }

  async function start(): Promise<Standalone> {
    await assertPortFree(options.HOST, options.PORT);
    const logDirectory = path.join(options.DATA_DIR, 'logs');
    const log = (name: string) => openLog(path.join(logDirectory, `${name}.log`));

    let embedded: EmbeddedDatabase | undefined;
    if (!options.DATABASE_URL) {
      const postgresLog = log('postgres');
      embedded = await startEmbeddedDatabase(
        path.join(options.DATA_DIR, 'postgres'),
        directory.secrets,
        (text) => postgresLog.write(text),
      );
      undo.push(embedded.stop);
    }
    const connectionString = options.DATABASE_URL ?? embedded?.connectionString ?? '';
    const applied = await migrate(connectionString, { directory: migrations }).catch((cause: unknown) => {
      if (!options.DATABASE_URL) throw cause;
      throw new StartupFailure(
        `The database of DATABASE_URL cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
        cause,
      );
    });
    if (applied.length > 0)
      say(`Database ready (${applied.length} ${applied.length === 1 ? 'migration' : 'migrations'} applied).`);

    const url =
      options.PUBLIC_URL ??
      `http://${options.HOST === '0.0.0.0' || options.HOST === '::' ? '127.0.0.1' : options.HOST}:${options.PORT}`;
    const apiKey = options.PLUMBLINE_API_KEY ?? (options.demo ? directory.secrets.demoKey : undefined);
    const env: Record<string, string> = {
      ...inherited,
      NODE_ENV: 'production',
      // glibc keeps an arena for every thread; with two the API rests at 220 MB where it took 290.
      MALLOC_ARENA_MAX: '2',
      HOST: options.HOST,
      PORT: String(options.PORT),
      DATA_DIR: options.DATA_DIR,
      DATABASE_URL: connectionString,
      PUBLIC_URL: url,
      PLUMBLINE_SECRET: directory.secrets.secret,
      WEBHOOK_ALLOW_PRIVATE: String(options.WEBHOOK_ALLOW_PRIVATE),
      LOG_LEVEL: options.LOG_LEVEL,
      COLUMNAR_MEMORY_MB: columnarMemoryMb,
      ...(options.REDIS_URL ? { REDIS_URL: options.REDIS_URL } : {}),
      ...(existsSync(webRoot) ? { WEB_ROOT: webRoot } : {}),
    };
    const onCrash = (name: string, how: string) => say(`The ${name} process ${how}; starting it again.`);
    const child = (name: 'api' | 'worker', more: Partial<ProcessPlan>): SupervisedProcess => {
      const running = supervise({ name, script: entry(name), env, log: log(name), onCrash, ...more });
      undo.push(() => running.stop(10_000));
      return running;
    };
    let first: FirstStart = { apiKey: null, setupUrl: null };
    const worker = child('worker', {});
    const api = child('api', {
      nodeFlags: apiFlags,
      env: {
        ...env,
        ...present({
          PLUMBLINE_API_KEY: apiKey,
          STORAGE_FREE_MIN_MB: options.STORAGE_FREE_MIN_MB?.toString(),
          BACKLOG_MAX_ROWS: options.BACKLOG_MAX_ROWS?.toString(),
          IMPORT_MAX_BYTES: options.IMPORT_MAX_BYTES,
          BODIES_MAX_MB: options.BODIES_MAX_MB?.toString(),
          RATE_LIMIT_EVENTS_PER_SECOND: options.RATE_LIMIT_EVENTS_PER_SECOND,
          RATE_LIMIT_BURST: options.RATE_LIMIT_BURST,
          PLUMBLINE_ADMIN_EMAIL: options.PLUMBLINE_ADMIN_EMAIL,
          PLUMBLINE_ADMIN_PASSWORD: options.PLUMBLINE_ADMIN_PASSWORD,
        }),
      },
      onMessage: (message) => {
        first = message as FirstStart;
      },
    });
    await ready(
      `http://${options.HOST === '0.0.0.0' ? '127.0.0.1' : options.HOST}:${options.PORT}/readyz`,
      logDirectory,
    );

    return {
      url,
      connectionString,
      logDirectory,
      setupUrl: first.setupUrl,
      apiKey: apiKey ?? first.apiKey,
      pids: () => ({ api: api.pid(), worker: worker.pid(), postgres: embedded?.pid() }),
      stop,
    };
  }
}

const present = (values: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** A full disk or a long queue keeps rows out, but nobody from looking at what is there. */
async function isUp(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  const { checks } = (await answer.json()) as { checks: Record<string, boolean> };
  return Object.values(checks).every(Boolean);
}

async function ready(url: string, logDirectory: string): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    if (await isUp(url).catch(() => false)) return;
    if (Date.now() > end)
      throw new StartupFailure(`The API did not become ready within 60 s; its log is in ${logDirectory}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
