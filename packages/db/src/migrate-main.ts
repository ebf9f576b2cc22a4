import { resolve } from 'node:path';
import { databaseUrl } from './env.ts';
import { migrate } from './migrate.ts';

/** Applies what the database of DATABASE_URL lacks and ends: 0 when it is up to date, 1 when it cannot be. */
async function run(): Promise<number> {
  if (!databaseUrl) {
    process.stderr.write('DATABASE_URL is not set.\n');
    return 1;
  }
  const directory = resolve(import.meta.dirname, '../../../prisma/migrations');
  const applied = await migrate(databaseUrl, { directory });
  process.stdout.write(
    applied.length > 0 ? `Applied ${applied.join(', ')}.\n` : 'The database is up to date.\n',
  );
  return 0;
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
