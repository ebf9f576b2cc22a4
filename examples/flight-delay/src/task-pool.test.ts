import { expect, test } from 'vitest';
import { createTaskPool } from './task-pool.ts';

test('starts tasks in order and never more than the limit at once', async () => {
  const pool = createTaskPool(4);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  for (let index = 0; index < 30; index += 1) {
    await pool.start(async () => {
      started.push(index);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    });
  }
  await pool.finish();
  expect(started).toEqual(Array.from({ length: 30 }, (_, index) => index));
  expect(most).toBe(4);
  expect(running).toBe(0);
});

test('the first failure stops the next start and the finish', async () => {
  const pool = createTaskPool(1);
  await pool.start(() => Promise.reject(new Error('refused')));
  await expect(pool.start(() => Promise.resolve())).rejects.toThrow('refused');
  await expect(pool.finish()).rejects.toThrow('refused');
});
