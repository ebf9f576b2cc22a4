import { type JobName, jobPayloads } from '@plumbline/contracts';
import { type Job, UnrecoverableError } from 'bullmq';
import { checkRedis } from './check-redis.ts';
import { type Lane, laneConcurrency, lanes } from './job-settings.ts';
import { openWorker } from './open-lane.ts';
import type { Consumer, Processors, QueueConnection } from './queue.ts';
import type { QueueLogger } from './queue-logger.ts';

/** Locks on the Postgres backend carry the worker's clock; further off than this, workers steal each other's jobs. */
const maxClockSkewMs = 2_000;

export interface ConsumerOptions {
  /** Jobs of the `work` lane at a time; deliveries get eight times that. */
  concurrency: number;
  logger: QueueLogger;
  /** Milliseconds the database's clock is ahead of this process's; Postgres backend only. */
  clockSkewMs?: number;
}

const isJobName = (name: string): name is JobName => Object.hasOwn(jobPayloads, name);

function run<N extends JobName>(
  processors: Processors,
  name: N,
  data: unknown,
  signal: AbortSignal,
): Promise<void> {
  const payload = jobPayloads[name].safeParse(data);
  if (!payload.success) throw new UnrecoverableError(`The payload of a ${name} job is not valid`);
  return processors[name](payload.data as Parameters<Processors[N]>[0], { signal });
}

/**
 * Starts taking jobs. A job whose name or payload is not known fails for good; a processor that throws is retried with
 * back-off.
 * @throws when the backend cannot be reached, Redis may evict jobs, or the clock is too far off.
 */
export async function createConsumer(
  connection: QueueConnection,
  processors: Processors,
  options: ConsumerOptions,
): Promise<Consumer> {
  const { logger, clockSkewMs = 0 } = options;
  if (connection.kind === 'postgres' && Math.abs(clockSkewMs) > maxClockSkewMs) {
    throw new Error(
      `The clock is ${clockSkewMs} ms off the database's; at most ${maxClockSkewMs} ms are safe for jobs`,
    );
  }
  if (connection.kind === 'redis') await checkRedis(connection.url, logger);

  const shutdown = new AbortController();
  const process = async (job: Job) => {
    if (!isJobName(job.name)) throw new UnrecoverableError(`There is no job called ${job.name}`);
    await run(processors, job.name, job.data, shutdown.signal);
  };
  const open = (lane: Lane) => {
    const worker = openWorker(connection, lane, process, laneConcurrency(lane, options.concurrency));
    worker.on('error', (error: Error) => logger.warn({ lane, reason: error.message }, 'queue connection'));
    worker.on('failed', (job: Job | undefined, error: Error) => {
      logger.error({ job: job?.name, attempt: job?.attemptsMade, err: error }, 'job failed');
    });
    return worker;
  };
  const workers = lanes.map(open);
  try {
    await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  } catch (error) {
    await Promise.allSettled(workers.map((worker) => worker.close(true)));
    throw error;
  }
  for (const worker of workers) {
    worker.run().catch((error: Error) => logger.error({ err: error }, 'the consumer stopped'));
  }
  return {
    async close() {
      shutdown.abort();
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}
