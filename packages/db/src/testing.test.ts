import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { createTestDatabase } from './testing.ts';

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
