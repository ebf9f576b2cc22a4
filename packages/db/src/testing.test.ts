import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { expect, inject, test, vi } from 'vitest';
import { createTestDatabase, startTestPostgres } from './testing.ts';

test('databases are migrated, separate and gone after drop, open connections or not', async () => {
  const [a, b] = await Promise.all([
    createTestDatabase(inject('postgres')),
    createTestDatabase(inject('postgres')),
  ]);
  const client = new pg.Client(a);
  client.on('error', () => {});
  await client.connect();
  const other = new pg.Client(b);
  await other.connect();
  await client.query(`INSERT INTO project (name) VALUES ('a')`);
  expect((await other.query('SELECT 1 FROM project')).rowCount).toBe(0);
  const role = await client.query('SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user');
  expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
  await a.drop();
  await other.end();
  await b.drop();
  const left = new pg.Client(a);
  await expect(left.connect()).rejects.toMatchObject({ code: '3D000' });
});

test('a connection that is about to close is not cut off by the drop', async () => {
  const database = await createTestDatabase(inject('postgres'));
  const client = new pg.Client(database);
  const errors: Error[] = [];
  client.on('error', (error) => errors.push(error));
  await client.connect();
  const dropped = database.drop();
  await client.query('SELECT pg_sleep(0.3)').finally(() => client.end());
  await dropped;
  expect(errors).toEqual([]);
});

test('a database is dropped while autovacuum is at work in it', async () => {
  const server = await startTestPostgres();
  const superuser = new pg.Client({ connectionString: server.superuserConnectionString });
  await superuser.connect();
  try {
    // A worker comes within a second and then sleeps between any two pages.
    await superuser.query(`ALTER SYSTEM SET autovacuum_naptime = '1s'`);
    await superuser.query(`ALTER SYSTEM SET autovacuum_vacuum_cost_delay = '100ms'`);
    await superuser.query('ALTER SYSTEM SET autovacuum_vacuum_cost_limit = 1');
    await superuser.query('SELECT pg_reload_conf()');
    const database = await createTestDatabase(server);
    const client = new pg.Client(database);
    await client.connect();
    await client.query(`CREATE TABLE wide AS SELECT g, repeat('x', 500) FROM generate_series(1, 50000) g`);
    await client.query('DELETE FROM wide WHERE g % 2 = 0');
    await client.end();
    await vi.waitFor(
      async () => {
        const workers = await superuser.query(
          `SELECT 1 FROM pg_stat_activity WHERE backend_type = 'autovacuum worker' AND datname LIKE 'test_%'`,
        );
        expect(workers.rowCount).toBe(1);
      },
      { timeout: 20_000, interval: 50 },
    );
    await database.drop();
    const left = new pg.Client(database);
    await expect(left.connect()).rejects.toMatchObject({ code: '3D000' });
  } finally {
    await superuser.end();
    await server.stop();
  }
}, 60_000);

test('Postgres and its data do not outlive a process that is killed', async () => {
  const module = new URL('./testing.ts', import.meta.url).href;
  const code = `import { startTestPostgres } from '${module}';
    const { superuserConnectionString } = await startTestPostgres();
    console.log(superuserConnectionString);
    setInterval(() => {}, 1000);`;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', tsx, '--input-type=module', '-e', code],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const connectionString = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', (status) => reject(new Error(`ended with ${status}`)));
  });
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ directory: string }>(
    `SELECT current_setting('data_directory') AS directory`,
  );
  const ended = new Promise((resolve) => client.once('end', resolve));
  child.kill('SIGKILL');
  await ended;
  await expect.poll(() => existsSync(rows[0]?.directory ?? '/'), { timeout: 10_000 }).toBe(false);
});
