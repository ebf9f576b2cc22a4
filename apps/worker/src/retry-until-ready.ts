import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@plumbline/runtime';

const firstWaitMs = 250;
const longestWaitMs = 5_000;

/** Tries to connect until it works or `signal` aborts, with growing waits and one log line for each failure. */
export async function retryUntilReady<T>(
  connect: () => Promise<T>,
  options: { name: string; logger: Logger; signal: AbortSignal },
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await connect();
    } catch (error) {
      options.signal.throwIfAborted();
      const waitMs = Math.min(firstWaitMs * 2 ** attempt, longestWaitMs);
      const reason = error instanceof Error ? error.message || error.name : String(error);
      options.logger.warn({ reason, waitMs }, `${options.name} is not ready, trying again`);
      await wait(waitMs, undefined, { signal: options.signal });
    }
  }
}
