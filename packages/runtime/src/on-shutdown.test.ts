import { expect, test } from 'vitest';
import { onShutdown } from './on-shutdown.ts';

const quiet = { signals: [] };

test('steps stop in order, a failing one turns the exit code to 1 and the rest still run', async () => {
  const stopped: string[] = [];
  const codes: number[] = [];
  const shutdown = onShutdown(
    [
      { name: 'server', stop: () => void stopped.push('server') },
      { name: 'queue', stop: () => Promise.reject(new Error('away')) },
      { name: 'database', stop: async () => void stopped.push('database') },
    ],
    { ...quiet, exit: (code) => void codes.push(code) },
  );
  await shutdown('SIGTERM');
  expect(stopped).toEqual(['server', 'database']);
  expect(codes).toEqual([1]);
});

test('a second signal exits at once', async () => {
  const codes: number[] = [];
  let release = () => {};
  const shutdown = onShutdown(
    [{ name: 'slow', stop: () => new Promise<void>((resolve) => (release = resolve)) }],
    {
      ...quiet,
      exit: (code) => void codes.push(code),
    },
  );
  const first = shutdown('SIGTERM');
  await shutdown('SIGTERM');
  expect(codes).toEqual([1]);
  release();
  await first;
  expect(codes).toEqual([1, 0]);
});

test('exits with 1 when the steps take too long', async () => {
  const code = await new Promise((exit) => {
    const shutdown = onShutdown([{ name: 'stuck', stop: () => new Promise(() => {}) }], {
      ...quiet,
      timeoutMs: 20,
      exit,
    });
    void shutdown('SIGTERM');
  });
  expect(code).toBe(1);
});
