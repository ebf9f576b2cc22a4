import type { JobName, JobPayload } from '@plumbline/contracts';
import { checkRedis } from './check-redis.ts';
import { jobOptions, type Lane, laneOf, lanes, sweepOptions } from './job-settings.ts';
import { openQueue } from './open-lane.ts';
import type { EnqueueOptions, Queue, QueueConnection } from './queue.ts';
import type { QueueLogger } from './queue-logger.ts';

/**
 * Connects producers; on Postgres also makes or upgrades the queue's own schema `plumbline_queue`.
 * @throws when the backend cannot be reached, or Redis may evict jobs.
 */
export async function createQueue(
  connection: QueueConnection,
  options: { logger: QueueLogger },
): Promise<Queue> {
  if (connection.kind === 'redis') await checkRedis(connection.url, options.logger);
  const open = (lane: Lane) => {
    const queue = openQueue(connection, lane);
    queue.on('error', (error: Error) =>
      options.logger.warn({ lane, reason: error.message }, 'queue connection'),
    );
    return queue;
  };
  const queues = {
    work: open('work'),
    import: open('import'),
    deliver: open('deliver'),
    sweep: open('sweep'),
  };
  const each = <T>(run: (queue: (typeof queues)[Lane]) => Promise<T>) =>
    Promise.all(lanes.map((lane) => run(queues[lane])));
  try {
    await each((queue) => queue.waitUntilReady());
  } catch (error) {
    await each((queue) => queue.disconnect()).catch(() => {});
    throw error;
  }

  return {
    async enqueue<N extends JobName>(name: N, payload: JobPayload<N>, { delayMs }: EnqueueOptions = {}) {
      await queues[laneOf[name]].add(name, payload, jobOptions(name, payload, delayMs));
    },
    async scheduleSweep(everyMs) {
      await queues.sweep.upsertJobScheduler(
        'sweep',
        { every: everyMs },
        { name: 'sweep', data: {}, opts: sweepOptions },
      );
    },
    async depth() {
      const counts = await each((queue) => queue.getJobCountByTypes('waiting', 'prioritized', 'delayed'));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async ping() {
      await queues.sweep.getJobCountByTypes('waiting');
    },
    async close() {
      await each((queue) => queue.close());
    },
  };
}
