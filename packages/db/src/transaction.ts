import type { Pool, PoolClient } from 'pg';

const attempts = 3;
const passing = new Set(['40001', '40P01']);

export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether Postgres ended a statement for a deadlock or a serialization failure: the same may pass the next time. */
export const isPassing = (error: unknown): boolean => passing.has(sqlState(error) ?? '');

/** Runs `work` inside BEGIN and COMMIT on one connection; the connection is thrown away when it cannot roll back. */
async function attempt<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error('ROLLBACK failed', { cause });
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A transaction that is started over, at most twice, when Postgres ended it for a deadlock or a serialization failure. */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let left = attempts - 1; ; left -= 1) {
    try {
      return await attempt(pool, work);
    } catch (error) {
      if (left === 0 || !isPassing(error)) throw error;
    }
  }
}
