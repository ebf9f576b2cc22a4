import { expect, test } from 'vitest';
import { finishBetweenRequests } from './features/questions/finish-between-requests.ts';

function counting() {
  const done = { steps: 0 };
  function* work(): Generator<void, string> {
    for (; done.steps < 50; done.steps++) yield;
    return 'result';
  }
  return { done, work: work() };
}

test('gives the result, and lets other work through in between', async () => {
  const { done, work } = counting();
  const running = finishBetweenRequests(work, () => true);
  const seen = await new Promise((resolve) => setImmediate(() => resolve(done.steps)));
  expect(seen).toBeLessThan(50);
  expect(await running).toBe('result');
});

test('stops, without a result, when nobody waits any more', async () => {
  const { done, work } = counting();
  expect(await finishBetweenRequests(work, () => done.steps < 3)).toBeNull();
  expect(done.steps).toBe(3);
});
