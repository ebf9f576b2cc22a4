import {
  createPostgresBackend,
  createRedisBackend,
  type Job,
  type PostgresPoolConfig,
  type RedisOptions,
  withBackend,
} from 'bullmq';
import { type Lane, queueName } from './job-settings.ts';
import type { QueueConnection } from './queue.ts';

const postgres = withBackend(createPostgresBackend);
const redis = withBackend(createRedisBackend);

/** One hash slot for all keys, so that Redis Cluster can hold them. */
const prefix = '{plumbline}';
const schema = 'plumbline_queue';

/** Without limits of its own the driver waits for ever on a server that hangs. */
function postgresOptions(connectionString: string): PostgresPoolConfig {
  return {
    connectionString,
    schema,
    migrate: true,
    // Each connection is a server process of about 20 MB. A consumer listens on one more of its own.
    max: 1,
    idleTimeoutMillis: 500,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
  };
}

/** Producers fail fast; the consumer's blocking connection has no limit. */
function redisOptions(url: string, role: 'producer' | 'consumer'): RedisOptions {
  const limits = role === 'producer' ? { commandTimeout: 5_000, maxRetriesPerRequest: 1 } : {};
  return { url, connectTimeout: 5_000, ...limits };
}

/** The queue of one lane, for producers. */
export function openQueue(connection: QueueConnection, lane: Lane) {
  const name = queueName(lane);
  return connection.kind === 'redis'
    ? new redis.Queue(name, { connection: redisOptions(connection.url, 'producer'), prefix })
    : new postgres.Queue(name, { connection: postgresOptions(connection.connectionString) });
}

/**
 * A short lock and sweep bring a crashed worker's jobs back within 15 s. Crashes are no fault of a job, so it may stall
 * as often as it likes; failing attempts are bounded separately. When the backend was away, jobs flow again a second
 * after it is back.
 */
const recovery = {
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1000,
  runRetryDelay: 1_000,
};

/** The worker of one lane; it does not run until `run()`. */
export function openWorker(
  connection: QueueConnection,
  lane: Lane,
  process: (job: Job) => Promise<void>,
  concurrency: number,
) {
  const name = queueName(lane);
  const options = { ...recovery, concurrency, autorun: false };
  return connection.kind === 'redis'
    ? new redis.Worker(name, process, {
        connection: redisOptions(connection.url, 'consumer'),
        prefix,
        ...options,
      })
    : new postgres.Worker(name, process, {
        connection: postgresOptions(connection.connectionString),
        ...options,
      });
}
