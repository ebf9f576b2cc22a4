import { setTimeout as wait } from 'node:timers/promises';

/**
 * Asks again and again until the answer is something other than undefined, null or false, and returns it.
 * @throws Error that names what was waited for, and the last failure, after `deadlineMs`.
 */
export async function waitUntil<T>(
  what: string,
  deadlineMs: number,
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  let failure: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${deadlineMs / 1000} s in vain for ${what}.`, { cause: failure });
    }
    await wait(50);
  }
}
