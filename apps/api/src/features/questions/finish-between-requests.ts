import { setImmediate as otherWork } from 'node:timers/promises';

/** Runs to the end while other requests are answered in between; null as soon as nobody waits for the result. */
export async function finishBetweenRequests<T>(
  steps: Generator<void, T>,
  isWanted: () => boolean,
): Promise<T | null> {
  let step = steps.next();
  while (!step.done) {
    await otherWork();
    if (!isWanted()) return null;
    step = steps.next();
  }
  return step.value;
}
