import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { migrate } from './migrate.ts';

const own = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
let directory: string;
let connectionString: string;
let admin: pg.Client;
let client: pg.Client;
let name: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plumbline-migrate-'));
  admin = new pg.Client(inject('postgres'));
  await admin.connect();
  name = `migrate_${crypto.randomUUID().replaceAll('-', '')}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(inject('postgres').connectionString);
  url.pathname = name;
  connectionString = url.href;
  client = new pg.Client({ connectionString });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await admin.query(`DROP DATABASE ${name}`);
  await admin.end();
  await rm(directory, { recursive: true });
});

async function script(migration: string, sql: string): Promise<void> {
  await mkdir(join(directory, migration), { recursive: true });
  await writeFile(join(directory, migration, 'migration.sql'), sql);
}
const run = (options = {}) => migrate(connectionString, { directory, ...options });
const recorded = async () =>
  (await client.query('SELECT * FROM _prisma_migrations ORDER BY migration_name')).rows;
const tables = async () =>
  (
    await client.query<{ tablename: string }>(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
    )
  ).rows.map((row) => row.tablename);

test('applies in order of name, records as Prisma does, and does nothing the second time', async () => {
  await script('2_b', 'ALTER TABLE a ADD COLUMN y integer;');
  await script('1_a', 'CREATE TABLE a (x integer); -- é\n');
  await writeFile(join(directory, 'migration_lock.toml'), 'provider = "postgresql"');
  const logged: string[] = [];
  expect(await run({ log: (line: string) => logged.push(line) })).toEqual(['1_a', '2_b']);
  expect(logged).toEqual(['applied migration 1_a', 'applied migration 2_b']);
  const sql = await readFile(join(directory, '1_a', 'migration.sql'));
  expect(await recorded()).toMatchObject([
    {
      migration_name: '1_a',
      checksum: createHash('sha256').update(sql).digest('hex'),
      finished_at: expect.any(Date),
      rolled_back_at: null,
      applied_steps_count: 1,
    },
    { migration_name: '2_b' },
  ]);
  expect(await run()).toEqual([]);
});

test('five starters at once migrate once', async () => {
  const applied = await Promise.all(
    Array.from({ length: 5 }, () => migrate(connectionString, { directory: own })),
  );
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  expect(await tables()).toContain('ingest_batch');
});

test('a broken migration leaves nothing behind, those before it stay, and it can be corrected', async () => {
  await script('1_a', 'CREATE TABLE a (x integer);');
  await script('2_b', 'CREATE TABLE b (x integer); INSERT INTO nowhere VALUES (1);');
  await expect(run()).rejects.toMatchObject({
    code: 'failed',
    message: expect.stringContaining('2_b failed and was rolled back: relation "nowhere" does not exist'),
  });
  expect(await tables()).toEqual(['a']);
  expect(await recorded()).toHaveLength(1);
  await script('2_b', 'CREATE TABLE b (x integer);');
  expect(await run()).toEqual(['2_b']);
});

test('refuses a migration that changed after it was applied, but not for its line ends', async () => {
  await script('1_a', 'CREATE TABLE a (\nx integer);');
  await run();
  await script('1_a', 'CREATE TABLE a (\r\nx integer);');
  expect(await run()).toEqual([]);
  await script('1_a', 'CREATE TABLE a (x bigint);');
  await expect(run()).rejects.toMatchObject({ code: 'changed' });
});

test('refuses a database that a newer version migrated', async () => {
  await script('1_a', 'CREATE TABLE a (x integer);');
  await script('2_b', 'CREATE TABLE b (x integer);');
  await run();
  await rm(join(directory, '2_b'), { recursive: true });
  await expect(run()).rejects.toMatchObject({
    code: 'newer_database',
    message: expect.stringContaining('2_b'),
  });
});

test('refuses to go on after an unfinished migration, until it is marked as rolled back', async () => {
  await script('1_a', 'CREATE TABLE a (x integer);');
  await run();
  await client.query('UPDATE _prisma_migrations SET finished_at = NULL');
  await expect(run()).rejects.toMatchObject({ code: 'unfinished', message: expect.stringContaining('1_a') });
  await client.query('DROP TABLE a; UPDATE _prisma_migrations SET rolled_back_at = now()');
  expect(await run()).toEqual(['1_a']);
});

test('waits for locks in short tries, lets others through between them and gives up in time', async () => {
  await script('1_a', 'CREATE TABLE a (x integer);');
  await run();
  await script('2_b', 'ALTER TABLE a ADD COLUMN y integer;');
  await client.query('BEGIN; SELECT * FROM a');
  await expect(run({ waitMs: 0 })).rejects.toMatchObject({ code: 'failed' });
  const waiting = run();
  await expect
    .poll(async () => (await admin.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount)
    .toBeGreaterThan(0);
  await client.query('COMMIT');
  expect(await waiting).toEqual(['2_b']);
});

test('gives up when another process holds the lock for too long', async () => {
  await client.query('SELECT pg_advisory_lock(72707369)');
  await expect(run({ waitMs: 200 })).rejects.toMatchObject({ code: 'busy' });
});
