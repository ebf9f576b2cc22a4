import { hasRedis, startTestRedis } from '@plumbline/queue/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { event, openInstallation, putModel, store, type TestInstallation } from './test-installation.ts';

const deadline = { timeout: 60_000, interval: 100 };
let it: TestInstallation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

const mirrored = (modelId: string, events: number) =>
  vi.waitFor(async () => expect((await it.db.events.status(modelId)).mirrored).toBe(events), deadline);

/** The queue is in use meanwhile: Postgres may choose the drop as the victim of a deadlock, which then is tried again. */
async function dropQueue(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (let isDropped = false; !isDropped; ) {
      isDropped = await client.query('DROP SCHEMA plumbline_queue CASCADE').then(
        () => true,
        (error: { code?: string }) => {
          if (error.code !== '40P01') throw error;
          return false;
        },
      );
    }
  } finally {
    await client.end();
  }
}

test('work is found again after the queue lost its tables', async () => {
  const model = await putModel(it);
  await it.startWorker();
  await store(it, model.id, { events: [event('a')] });
  await mirrored(model.id, 1);
  await dropQueue(it.connectionString);
  await store(it, model.id, { events: [event('b')] });
  await mirrored(model.id, 2);
}, 90_000);

test('work goes on after every connection to the database was cut', async () => {
  const model = await putModel(it);
  await it.startWorker();
  await store(it, model.id, { events: [event('a')] });
  await mirrored(model.id, 1);
  const superuser = new pg.Client({ connectionString: inject('postgres').superuserConnectionString });
  await superuser.connect();
  const database = new URL(it.connectionString).pathname.slice(1);
  for (let round = 2; round < 4; round += 1) {
    await superuser.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      database,
    ]);
    await vi.waitFor(() => store(it, model.id, { events: [event(`e-${round}`)] }), deadline);
    await mirrored(model.id, round);
  }
  await superuser.end();
}, 90_000);

const title = hasRedis() ? 'on Redis' : 'on Redis (SKIPPED: install redis-server to run this test)';
test.skipIf(!hasRedis())(
  `work is done ${title}, also after Redis forgot everything`,
  async () => {
    const redis = await startTestRedis();
    it.closers.unshift(() => redis.stop());
    if (redis.connection.kind !== 'redis') throw new Error('not a Redis');
    const model = await putModel(it);
    const worker = await it.startWorker({ redisUrl: redis.connection.url });
    await store(it, model.id, { events: [event('a')] });
    await mirrored(model.id, 1);
    const client = new Redis(redis.connection.url);
    await client.flushall();
    client.disconnect();
    await store(it, model.id, { events: [event('b')] });
    await mirrored(model.id, 2);
    await worker.close();
  },
  90_000,
);
