import { Redis } from 'ioredis';
import type { QueueLogger } from './queue-logger.ts';

/** What the server says about itself in `INFO`, as far as jobs depend on it. */
export function judgeRedis(info: string): { refuse: string | null; warn: string | null } {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1];
  const policy = field('maxmemory_policy');
  return {
    refuse:
      policy === undefined || policy === 'noeviction'
        ? null
        : `Redis evicts keys under memory pressure (maxmemory-policy is ${policy}); jobs need noeviction`,
    warn:
      field('aof_enabled') === '0'
        ? 'Redis keeps no append-only file: a crash drops waiting jobs and the sweep has to find their work again'
        : null,
  };
}

/** @throws when Redis cannot be reached or may evict jobs. */
export async function checkRedis(url: string, logger: QueueLogger): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    commandTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { refuse, warn } = judgeRedis(`${await client.info('memory')}${await client.info('persistence')}`);
    if (refuse) throw new Error(refuse);
    if (warn) logger.warn({}, warn);
  } finally {
    client.disconnect();
  }
}
