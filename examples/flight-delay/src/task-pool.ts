/** Runs tasks in the order given, at most `limit` at a time. */
export interface TaskPool {
  /** Resolves when the task has started; rejects with the first error of an earlier task. */
  start(task: () => Promise<void>): Promise<void>;
  /** Resolves when every started task has ended; rejects with the first error. */
  finish(): Promise<void>;
}

export function createTaskPool(limit: number): TaskPool {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const throwFirstFailure = () => {
    if (failures.length > 0) throw failures[0];
  };
  return {
    async start(task) {
      while (running.size >= limit) await Promise.race(running);
      throwFirstFailure();
      const settled: Promise<void> = task()
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => running.delete(settled));
      running.add(settled);
    },
    async finish() {
      await Promise.all(running);
      throwFirstFailure();
    },
  };
}
