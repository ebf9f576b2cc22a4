import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDb } from './create-db.ts';
import { openTestModel, type TestModel, testBatch, testEvent } from './test-model.ts';
import { transaction } from './transaction.ts';

let it: TestModel;
beforeAll(async () => {
  it = await openTestModel();
});
afterAll(() => it.close());

const killOthers = () =>
  it.pool.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'plumbline'`,
  );

test('idle connections that break are reported and replaced', async () => {
  const errors: Error[] = [];
  const db = createDb({
    connectionString: it.connectionString,
    onConnectionError: (error) => errors.push(error),
  });
  await Promise.all(Array.from({ length: 5 }, () => db.ping()));
  await killOthers();
  await expect.poll(() => errors.length).toBeGreaterThanOrEqual(5);
  await db.ping();
  await expect(db.access.userCount()).resolves.toBe(0);
  await db.close();
});

test('a connection that breaks inside a transaction fails that call only', async () => {
  const db = createDb({ connectionString: it.connectionString, poolSize: 1 });
  const blocker = await it.pool.connect();
  await blocker.query('BEGIN; LOCK TABLE event IN EXCLUSIVE MODE');
  const storing = db.events.store(testBatch(it.modelId, { events: [testEvent('a')] }));
  await expect
    .poll(async () => (await it.pool.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount)
    .toBeGreaterThan(0);
  await Promise.all([expect(storing).rejects.toThrow(), killOthers()]);
  await blocker.query('COMMIT');
  blocker.release();
  await db.ping();
  expect(await db.events.find(it.modelId, 'a')).toBeNull();
  await db.close();
});

test('a server that accepts and never answers fails within the timeout', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await expect.poll(() => silent.listening).toBe(true);
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const db = createDb({ connectionString: `postgres://a:b@127.0.0.1:${port}/c`, connectionTimeoutMs: 300 });
  const started = Date.now();
  await expect(db.ping()).rejects.toThrow('timeout');
  await expect(db.access.userCount()).rejects.toThrow();
  expect(Date.now() - started).toBeLessThan(3_000);
  await db.close();
  for (const socket of sockets) socket.destroy();
  silent.close();
});

test('a statement that runs too long is ended, and the connection serves the next', async () => {
  const db = createDb({ connectionString: it.connectionString, poolSize: 1, statementTimeoutMs: 200 });
  const blocker = await it.pool.connect();
  await blocker.query('BEGIN; LOCK TABLE event IN EXCLUSIVE MODE');
  const storing = db.events.store(testBatch(it.modelId, { events: [testEvent('b')] }));
  await expect(storing).rejects.toMatchObject({ code: '57014' });
  await blocker.query('COMMIT');
  blocker.release();
  expect(await db.events.find(it.modelId, 'b')).toBeNull();
  await db.close();
});

test('the clock of a database on this machine is not ahead', async () => {
  expect(Math.abs(await it.db.clockSkewMs())).toBeLessThan(1_000);
});

test('closing twice is closing', async () => {
  const db = createDb({ connectionString: it.connectionString });
  await db.ping();
  await Promise.all([db.close(), db.close()]);
  await expect(db.ping()).rejects.toThrow();
});

test('a transaction is started over on deadlock and serialization failure, at most twice', async () => {
  const failWith = (code: string) => {
    let runs = 0;
    const done = transaction(it.pool, async (client) => {
      runs += 1;
      await client.query(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END $$`);
    });
    return done.catch((error: { code: string }) => [error.code, runs]);
  };
  expect(await failWith('40P01')).toEqual(['40P01', 3]);
  expect(await failWith('40001')).toEqual(['40001', 3]);
  expect(await failWith('23505')).toEqual(['23505', 1]);
});
