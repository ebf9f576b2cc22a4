import { randomUUID } from 'node:crypto';
import type { JobName } from '@plumbline/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createConsumer } from './create-consumer.ts';
import { createQueue } from './create-queue.ts';
import { openQueue } from './open-lane.ts';
import type { Consumer, Processors, Queue } from './queue.ts';
import { hasRedis, startTestPostgres, startTestRedis, type TestBackend } from './testing.ts';

const logger = { info: () => {}, warn: () => {}, error: () => {} };
const deadline = { timeout: 15_000, interval: 20 };

/** A processor that waits until it is let go. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const redisTitle = hasRedis() ? 'Redis' : 'Redis (SKIPPED: install redis-server to run these tests)';

describe.each([
  { title: 'Postgres', start: startTestPostgres, skip: false },
  { title: redisTitle, start: () => startTestRedis(), skip: !hasRedis() },
])('queue on $title', ({ start, skip }) => {
  let backend: TestBackend;
  let queue: Queue;
  const consumers: Consumer[] = [];

  beforeAll(async () => {
    if (skip) return;
    backend = await start();
    queue = await createQueue(backend.connection, { logger });
  });
  afterEach(async () => {
    await Promise.all(consumers.splice(0).map((consumer) => consumer.close()));
  });
  afterAll(async () => {
    await queue?.close();
    await backend?.stop();
  });

  async function consume(processors: Partial<Processors>, concurrency = 2) {
    const none = async () => {};
    const all = {
      refresh: none,
      judge: none,
      compact: none,
      import: none,
      multivariate: none,
      learn: none,
      deliver: none,
      sweep: none,
      ...processors,
    };
    const consumer = await createConsumer(backend.connection, all, { concurrency, logger });
    consumers.push(consumer);
    return consumer;
  }

  test.skipIf(skip)('a job reaches its processor with its payload and leaves no backlog', async () => {
    const seen: string[] = [];
    await consume({ refresh: async ({ modelId }) => void seen.push(modelId) });
    const modelId = randomUUID();
    await queue.enqueue('refresh', { modelId });
    await vi.waitFor(() => expect(seen).toEqual([modelId]), deadline);
    await vi.waitFor(async () => expect(await queue.depth()).toBe(0), deadline);
    await queue.ping();
  });

  test.skipIf(skip)('jobs for one model collapse while one waits; models and names do not', async () => {
    const modelId = randomUUID();
    for (let i = 0; i < 5; i += 1) await queue.enqueue('refresh', { modelId });
    await queue.enqueue('judge', { modelId });
    await queue.enqueue('refresh', { modelId: randomUUID() });
    expect(await queue.depth()).toBe(3);
    const ran: JobName[] = [];
    await consume({
      refresh: async () => void ran.push('refresh'),
      judge: async () => void ran.push('judge'),
    });
    await vi.waitFor(() => expect(ran.toSorted()).toEqual(['judge', 'refresh', 'refresh']), deadline);
  });

  test.skipIf(skip)('a job that comes while the same is running runs once more afterwards', async () => {
    const modelId = randomUUID();
    const first = gate();
    let runs = 0;
    await consume({
      refresh: async () => {
        runs += 1;
        if (runs === 1) await first.opened;
      },
    });
    await queue.enqueue('refresh', { modelId });
    await vi.waitFor(() => expect(runs).toBe(1), deadline);
    for (let i = 0; i < 3; i += 1) await queue.enqueue('refresh', { modelId });
    expect(runs).toBe(1);
    first.open();
    await vi.waitFor(() => expect(runs).toBe(2), deadline);
    await vi.waitFor(async () => expect(await queue.depth()).toBe(0), deadline);
    await queue.enqueue('refresh', { modelId });
    await vi.waitFor(() => expect(runs).toBe(3), deadline);
  });

  test.skipIf(skip)('a processor that throws is tried again', async () => {
    let tries = 0;
    await consume({
      judge: async () => {
        tries += 1;
        if (tries < 3) throw new Error('not yet');
      },
    });
    await queue.enqueue('judge', { modelId: randomUUID() });
    await vi.waitFor(() => expect(tries).toBe(3), deadline);
  });

  test.skipIf(skip)(
    'an invalid payload and an unknown name fail for good without reaching a processor',
    async () => {
      let runs = 0;
      const raw = openQueue(backend.connection, 'work');
      await raw.add('refresh', { modelId: 'x' }, { attempts: 5 });
      await raw.add('unknown', {}, { attempts: 5 });
      await consume({
        refresh: async () => {
          runs += 1;
        },
      });
      await vi.waitFor(async () => {
        const failed = (await raw.getFailed()).filter(
          (job) => job.data.modelId === 'x' || job.name === 'unknown',
        );
        expect(failed.map((job) => job.attemptsMade)).toEqual([1, 1]);
      }, deadline);
      expect(runs).toBe(0);
      await raw.close();
    },
  );

  test.skipIf(skip)('slow deliveries and imports do not hold up a refresh', async () => {
    const slow = gate();
    let refreshed = false;
    const refresh = async () => {
      refreshed = true;
    };
    await consume({ deliver: () => slow.opened, import: () => slow.opened, refresh }, 1);
    for (let i = 0; i < 20; i += 1) await queue.enqueue('deliver', { deliveryId: randomUUID() });
    const modelId = randomUUID();
    for (let i = 0; i < 3; i += 1) await queue.enqueue('import', { modelId, importId: randomUUID() });
    await queue.enqueue('refresh', { modelId: randomUUID() });
    await vi.waitFor(() => expect(refreshed).toBe(true), deadline);
    slow.open();
    await vi.waitFor(async () => expect(await queue.depth()).toBe(0), deadline);
  });

  test.skipIf(skip)('a delayed job waits', async () => {
    const started = Date.now();
    let ranAfter = 0;
    await consume({
      deliver: async () => {
        ranAfter = Date.now() - started;
      },
    });
    await queue.enqueue('deliver', { deliveryId: randomUUID() }, { delayMs: 400 });
    await vi.waitFor(() => expect(ranAfter).toBeGreaterThanOrEqual(390), deadline);
  });

  test.skipIf(skip)('closing aborts the signal of running jobs and waits for them', async () => {
    let done = false;
    const consumer = await consume({
      compact: async (_payload, { signal }) => {
        await vi.waitFor(() => expect(signal.aborted).toBe(true), deadline);
        done = true;
      },
    });
    await queue.enqueue('compact', { modelId: randomUUID() });
    await vi.waitFor(async () => expect(await queue.depth()).toBe(0), deadline);
    await consumer.close();
    expect(done).toBe(true);
  });

  test.skipIf(skip)('the sweep runs again and again, once for two workers', async () => {
    let sweeps = 0;
    const sweep = async () => {
      sweeps += 1;
    };
    await consume({ sweep });
    await consume({ sweep });
    const started = Date.now();
    await queue.scheduleSweep(200);
    await queue.scheduleSweep(200);
    await vi.waitFor(() => expect(sweeps).toBeGreaterThanOrEqual(5), deadline);
    expect(sweeps).toBeLessThanOrEqual((Date.now() - started) / 200 + 2);
  });
});

test('a worker whose clock is off the database refuses to start', async () => {
  const none = async () => {};
  const processors = {
    refresh: none,
    judge: none,
    compact: none,
    import: none,
    multivariate: none,
    learn: none,
    deliver: none,
    sweep: none,
  };
  const connection = { kind: 'postgres' as const, connectionString: 'postgres://127.0.0.1:1/none' };
  const start = createConsumer(connection, processors, { concurrency: 1, logger, clockSkewMs: -3_000 });
  await expect(start).rejects.toThrow('clock');
});

test('a backend that is away fails instead of hanging', async () => {
  const postgres = { kind: 'postgres' as const, connectionString: 'postgres://127.0.0.1:1/none' };
  await expect(createQueue(postgres, { logger })).rejects.toThrow();
  await expect(createQueue({ kind: 'redis', url: 'redis://127.0.0.1:1' }, { logger })).rejects.toThrow();
});
