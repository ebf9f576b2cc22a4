import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDuckdbPool, type DuckdbPool } from './duckdb-pool.ts';

const endless = 'SELECT sum(a.range * b.range) FROM range(100000000) a, range(100000000) b';

let directory: string;
let pool: DuckdbPool | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'duckdb-pool-'));
});
afterEach(async () => {
  await pool?.close();
  await rm(directory, { recursive: true, force: true });
});

async function open(timeoutMs: number): Promise<DuckdbPool> {
  pool = await createDuckdbPool({
    directories: [directory],
    temporaryDirectory: directory,
    memoryLimitMb: 256,
    threads: 2,
    connections: 1,
    timeoutMs,
  });
  return pool;
}

test('a statement that takes too long is interrupted and its connection goes on', async () => {
  const opened = await open(100);
  await expect(opened.use((session) => session.rows(endless))).rejects.toThrow(/interrupt/i);
  expect(await opened.use((session) => session.rows('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
});

test('closing interrupts what runs and refuses what waits', async () => {
  const opened = await open(60_000);
  const running = expect(opened.use((session) => session.rows(endless))).rejects.toThrow();
  const waiting = expect(opened.use((session) => session.rows('SELECT 1'))).rejects.toThrow('closed');
  await opened.close();
  await Promise.all([running, waiting]);
});

test.each([
  ['read other directories', "SELECT * FROM read_csv('/etc/hostname', header = false)"],
  ['write to other directories', `COPY (SELECT 1) TO '${join(tmpdir(), 'outside.parquet')}'`],
  ['change settings', 'SET threads = 1'],
  ['load extensions', 'INSTALL httpfs'],
])('a statement cannot %s', async (_, sql) => {
  const opened = await open(60_000);
  await expect(opened.use((session) => session.run(sql))).rejects.toThrow();
});
