import { expect, test } from 'vitest';
import { checkRedis, judgeRedis } from './check-redis.ts';
import { hasRedis, startTestRedis } from './testing.ts';

test.each([
  ['noeviction', '1', false, false],
  ['noeviction', '0', false, true],
  ['allkeys-lru', '1', true, false],
  ['volatile-ttl', '0', true, true],
])('policy %s with AOF %s: refuse %s, warn %s', (policy, aof, refuse, warn) => {
  const judged = judgeRedis(
    `# Memory\r\nmaxmemory_policy:${policy}\r\n# Persistence\r\naof_enabled:${aof}\r\n`,
  );
  expect([judged.refuse !== null, judged.warn !== null]).toEqual([refuse, warn]);
});

const title = hasRedis() ? '' : ' (SKIPPED: install redis-server to run this test)';
test.skipIf(!hasRedis())(
  `a real server that evicts is refused, one without AOF is warned about${title}`,
  async () => {
    const warnings: string[] = [];
    const logger = {
      info: () => {},
      error: () => {},
      warn: (_: object, message: string) => void warnings.push(message),
    };
    const evicting = await startTestRedis(['--maxmemory-policy', 'allkeys-lru']);
    const plain = await startTestRedis();
    try {
      const url = (backend: typeof plain) =>
        backend.connection.kind === 'redis' ? backend.connection.url : '';
      await expect(checkRedis(url(evicting), logger)).rejects.toThrow('noeviction');
      await checkRedis(url(plain), logger);
      expect(warnings).toHaveLength(1);
    } finally {
      await Promise.all([evicting.stop(), plain.stop()]);
    }
  },
);
