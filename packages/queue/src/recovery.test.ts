import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { createConsumer } from './create-consumer.ts';
import { createQueue } from './create-queue.ts';
import { openWorker } from './open-lane.ts';
import { hasRedis, startTestPostgres, startTestRedis } from './testing.ts';

const logger = { info: () => {}, warn: () => {}, error: () => {} };
const none = async () => {};
const title = hasRedis() ? 'Redis' : 'Redis (SKIPPED: install redis-server to run this test)';

test.concurrent.each([
  { title: 'Postgres', start: startTestPostgres, skip: false },
  { title, start: () => startTestRedis(), skip: !hasRedis() },
])(
  'on $title a job whose workers died, one after the other, is run by the next within 20 s',
  async ({ start, skip }) => {
    if (skip) return;
    const backend = await start();
    const queue = await createQueue(backend.connection, { logger });
    const modelId = randomUUID();
    await queue.enqueue('refresh', { modelId });
    for (const name of ['the-first-to-die', 'the-second']) {
      const dead = openWorker(backend.connection, 'work', none, 1);
      await dead.startStalledCheckTimer();
      const take = async () =>
        expect((await dead.getNextJob(name, { block: false }))?.data).toEqual({ modelId });
      await vi.waitFor(take, { timeout: 20_000, interval: 100 });
      await dead.close(true);
    }

    const seen: string[] = [];
    const refresh = async (payload: { modelId: string }) => void seen.push(payload.modelId);
    const processors = {
      refresh,
      judge: none,
      compact: none,
      import: none,
      multivariate: none,
      learn: none,
      deliver: none,
      sweep: none,
    };
    const consumer = await createConsumer(backend.connection, processors, { concurrency: 1, logger });
    await vi.waitFor(() => expect(seen).toEqual([modelId]), { timeout: 20_000, interval: 100 });
    await consumer.close();
    await queue.close();
    await backend.stop();
  },
  60_000,
);
