import type { QueuedRow } from './rows.ts';

export interface BatchLimits {
  maxBatchRows: number;
  maxBatchBytes: number;
  /** The longest a row waits for others, in ms. */
  flushIntervalMs: number;
}

export interface BatchPlan {
  /** Rows to send now, from the front. */
  take: number;
  /** When `take` is 0: ms until the first row has waited long enough; undefined without rows. */
  waitMs?: number;
}

/**
 * How many of the waiting rows go now: a full batch, or all that fit in one as soon as the first has waited
 * `flushIntervalMs` or a flush is asked for. A row larger than a batch goes alone.
 * @param now on the clock of `loggedAt`.
 */
export function planBatch(
  rows: QueuedRow[],
  limits: BatchLimits,
  now: number,
  isFlushing: boolean,
): BatchPlan {
  const [first] = rows;
  if (!first) return { take: 0 };
  let take = 0;
  let bytes = 0;
  for (const row of rows) {
    const isFull = take === limits.maxBatchRows || (take > 0 && bytes + row.bytes > limits.maxBatchBytes);
    if (isFull) return { take };
    bytes += row.bytes;
    take += 1;
  }
  if (take === limits.maxBatchRows || bytes >= limits.maxBatchBytes || isFlushing) return { take };
  const waitMs = limits.flushIntervalMs - (now - first.loggedAt);
  return waitMs > 0 ? { take: 0, waitMs } : { take };
}
