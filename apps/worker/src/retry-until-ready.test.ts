import { createLogger } from '@plumbline/runtime';
import { expect, test } from 'vitest';
import { retryUntilReady } from './retry-until-ready.ts';

const logger = createLogger({ name: 'worker', level: 'silent' });

test('gives the first result that works', async () => {
  let tries = 0;
  const connect = async () => {
    tries += 1;
    if (tries < 3) throw new Error('away');
    return tries;
  };
  expect(
    await retryUntilReady(connect, { name: 'queue', logger, signal: new AbortController().signal }),
  ).toBe(3);
});

test('ends when it is told to stop', async () => {
  const stop = new AbortController();
  const never = retryUntilReady(() => Promise.reject(new Error('away')), {
    name: 'queue',
    logger,
    signal: stop.signal,
  });
  stop.abort();
  await expect(never).rejects.toThrow();
});
