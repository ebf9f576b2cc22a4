import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { clientWithin } from './client-within.ts';

const poolOf = (connectionString: string) =>
  new pg.Pool({ connectionString, connectionTimeoutMillis: 20_000, Client: clientWithin(300) });

test('a server that takes connections and says nothing is given up long before the pool would', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const pool = poolOf(`postgres://a:b@127.0.0.1:${(silent.address() as AddressInfo).port}/c`);
  const startedAt = performance.now();
  await expect(pool.query('SELECT 1')).rejects.toThrow('timeout expired');
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  silent.close();
});

test('a connection that was made lives on, and a process that is busy does not lose one', async () => {
  const pool = poolOf(inject('postgres').connectionString);
  const connected = pool.connect();
  const busyUntil = performance.now() + 1_000;
  while (performance.now() < busyUntil);
  const client = await connected;
  await client.query('SELECT pg_sleep(0.6)');
  client.release();
  await pool.end();
});
