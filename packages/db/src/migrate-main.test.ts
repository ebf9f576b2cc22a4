import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, inject, test } from 'vitest';
import { createTestDatabase } from './testing.ts';

/** Runs the built entry, as the migrate service of docker-compose.yml does. */
function run(databaseUrl: string | undefined): Promise<{ code: number; output: string }> {
  const script = resolve(import.meta.dirname, '../dist/migrate-main.js');
  return new Promise((done) => {
    const env = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
    execFile(process.execPath, [script], { env }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

test('a migrated database is up to date; without a database it says so and fails', async () => {
  const database = await createTestDatabase(inject('postgres'));
  expect(await run(database.connectionString)).toEqual({ code: 0, output: 'The database is up to date.\n' });
  await database.drop();
  expect(await run(undefined)).toEqual({ code: 1, output: 'DATABASE_URL is not set.\n' });
  expect(await run('postgres://nobody@127.0.0.1:1/none')).toMatchObject({ code: 1 });
});
