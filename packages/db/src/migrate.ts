import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { type MigrationFile, readMigrations } from './migration-files.ts';
import { sqlState } from './transaction.ts';

/** Why the database cannot be brought to this version; a person has to act. */
export class MigrationError extends Error {
  override name = 'MigrationError';
  readonly code: 'changed' | 'unfinished' | 'newer_database' | 'failed' | 'busy';

  constructor(code: MigrationError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export interface MigrateOptions {
  /** `prisma/migrations` */
  directory: string;
  log?: (message: string) => void;
  /** How long to wait for another process that migrates, and for locks of running statements; default 60,000. */
  waitMs?: number;
}

/** The lock `prisma migrate` takes. */
const lockKey = 72_707_369;
/** A waiting ALTER blocks every later statement on its table, so each try is short. */
const lockTimeoutMs = 2_000;
const pauseMs = 100;

const table = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

interface AppliedRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

async function lock(client: pg.Client, deadline: number): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      lockKey,
    ]);
    if (rows[0]?.locked) return;
    if (Date.now() >= deadline) throw new MigrationError('busy', 'another process holds the migration lock');
    await setTimeout(pauseMs);
  }
}

/** What is still to be applied. @throws MigrationError when the database does not fit these files */
function pending(files: MigrationFile[], applied: AppliedRow[]): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const row of applied) {
    const name = row.migration_name;
    if (!row.finished_at) {
      throw new MigrationError(
        'unfinished',
        `migration ${name} was begun and not finished; repair the database and run "prisma migrate resolve"`,
      );
    }
    const file = byName.get(name);
    if (!file) {
      throw new MigrationError(
        'newer_database',
        `the database has migration ${name}, which this version does not know; start the version that applied it`,
      );
    }
    if (file.checksum !== row.checksum) {
      throw new MigrationError('changed', `migration ${name} was changed after it had been applied`);
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return files.filter((file) => !done.has(file.name));
}

async function apply(client: pg.Client, file: MigrationFile): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    await client.query(file.sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), file.checksum, file.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function applyBefore(client: pg.Client, file: MigrationFile, deadline: number): Promise<void> {
  for (;;) {
    try {
      await apply(client, file);
      return;
    } catch (error) {
      if (sqlState(error) === '55P03' && Date.now() < deadline) {
        await setTimeout(pauseMs);
        continue;
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new MigrationError(
        'failed',
        `migration ${file.name} failed and was rolled back: ${reason}`,
        error,
      );
    }
  }
}

/**
 * Applies the migrations the database does not have, each in one transaction, and records them where `prisma migrate`
 * does. Any number of processes may call it at once. A script may not hold statements that cannot run in a transaction.
 * @returns the names of the migrations applied by this call
 * @throws MigrationError
 */
export async function migrate(
  connectionString: string,
  { directory, log = () => {}, waitMs = 60_000 }: MigrateOptions,
): Promise<string[]> {
  const files = await readMigrations(directory);
  const client = new pg.Client({ connectionString, application_name: 'plumbline-migrate' });
  // A connection that breaks fails the statement after it; without a listener it would end the process.
  client.on('error', () => {});
  const deadline = Date.now() + waitMs;
  await client.connect();
  try {
    await lock(client, deadline);
    await client.query(table);
    const { rows } = await client.query<AppliedRow>(
      `SELECT migration_name, checksum, finished_at FROM _prisma_migrations
       WHERE rolled_back_at IS NULL ORDER BY started_at`,
    );
    const todo = pending(files, rows);
    for (const file of todo) {
      await applyBefore(client, file, deadline);
      log(`applied migration ${file.name}`);
    }
    return todo.map((file) => file.name);
  } finally {
    await client.end();
  }
}
