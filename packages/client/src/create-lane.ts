import { type BatchLimits, planBatch } from './plan-batch.ts';
import type { QueuedRow } from './rows.ts';

/** The rows of one kind on their way: one request at a time, so that they arrive in the order they were logged. */
export interface Lane {
  push(row: QueuedRow): void;
  /** Sends what waits without delay; resolves when all that was pushed before is settled. */
  flush(): Promise<void>;
}

/** @param deliver settles a batch, for better or worse; it must not reject. */
export function createLane(limits: BatchLimits, deliver: (rows: QueuedRow[]) => Promise<void>): Lane {
  let rows: QueuedRow[] = [];
  let bytes = 0;
  let pushed = 0;
  let settled = 0;
  let flushThrough = 0;
  let isSending = false;
  let timer: NodeJS.Timeout | undefined;
  let waiting: { through: number; resolve: () => void }[] = [];

  function settle(count: number): void {
    settled += count;
    for (const { through, resolve } of waiting) if (through <= settled) resolve();
    waiting = waiting.filter(({ through }) => through > settled);
  }

  async function sendDue(): Promise<void> {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    timer = undefined;
    for (;;) {
      const { take, waitMs } = planBatch(rows, limits, performance.now(), settled < flushThrough);
      if (take === 0) {
        if (waitMs !== undefined) timer = setTimeout(() => void sendDue(), waitMs).unref();
        break;
      }
      const batch = rows.slice(0, take);
      rows = rows.slice(take);
      for (const row of batch) bytes -= row.bytes;
      await deliver(batch);
      settle(batch.length);
    }
    isSending = false;
  }

  return {
    push(row) {
      rows.push(row);
      bytes += row.bytes;
      pushed += 1;
      const isFull = rows.length >= limits.maxBatchRows || bytes >= limits.maxBatchBytes;
      if (isFull || timer === undefined) void sendDue();
    },
    flush() {
      if (settled === pushed) return Promise.resolve();
      flushThrough = pushed;
      const done = new Promise<void>((resolve) => waiting.push({ through: pushed, resolve }));
      void sendDue();
      return done;
    },
  };
}
