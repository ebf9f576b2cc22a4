import { setTimeout as wait } from 'node:timers/promises';
import { type ClientOptions, resolveOptions } from './client-options.ts';
import { closeOnExit } from './close-on-exit.ts';
import { createLane } from './create-lane.ts';
import { deliverBatch } from './deliver-batch.ts';
import { callSafely } from './report.ts';
import type { Actual, Prediction, QueuedRow, RowKind } from './rows.ts';
import { serializeRow } from './serialize-row.ts';
import { emptyStats, type Stats } from './stats.ts';

/** Takes rows of one model and sends them in the background. No method throws and no promise rejects. */
export interface PlumblineClient {
  /** Queues a prediction as it is now. False: it was dropped or rejected, and the callbacks say why. */
  log(prediction: Prediction): boolean;
  /** Queues the truth about a prediction, in any order with it. */
  logActual(actual: Actual): boolean;
  /**
   * Sends what waits now. Resolves to true when all rows logged before are settled (stored, rejected or dropped),
   * to false after `timeoutMs`; the rest is still sent then.
   */
  flush(timeoutMs?: number): Promise<boolean>;
  /** Takes no more rows, sends what waits, drops what is left after `closeTimeoutMs`. May be called again. */
  close(): Promise<Stats>;
  stats(): Stats;
}

/**
 * A client for one model. It also sends what waits when the process runs out of work; it never keeps a process alive
 * that has nothing to send. `process.exit()` and signals skip that: call `close()` before.
 * @throws TypeError or RangeError for options that cannot be used.
 */
export function createClient(clientOptions: ClientOptions): PlumblineClient {
  const options = resolveOptions(clientOptions);
  const stats = emptyStats();
  const stopping = new AbortController();
  let queuedBytes = 0;
  let isReportingDrops = true;
  let closing: Promise<Stats> | undefined;

  function leaveQueue(rows: QueuedRow[]): void {
    stats.queued -= rows.length;
    for (const { bytes } of rows) queuedBytes -= bytes;
    if (stats.queued <= options.maxQueueRows / 2 && queuedBytes <= options.maxQueueBytes / 2) {
      isReportingDrops = true;
    }
  }

  const delivery = { options, stats, leaveQueue, stop: stopping.signal };
  const laneOf = (kind: RowKind) => createLane(options, (rows) => deliverBatch(delivery, kind, rows));
  const lanes = { events: laneOf('events'), actuals: laneOf('actuals') };

  /** Counts a lost row; one report stands for a whole run of them. */
  function drop(message: string): false {
    stats.dropped += 1;
    if (isReportingDrops) {
      isReportingDrops = false;
      stats.errors += 1;
      callSafely(options.onError, { message, status: null, willRetry: false, rows: 1 });
    }
    return false;
  }

  function queue(kind: RowKind, row: Prediction | Actual): boolean {
    stats.logged += 1;
    if (closing) return drop('The client is closed; rows are dropped.');
    const written = serializeRow(row);
    if ('fault' in written) {
      stats.rejected += 1;
      callSafely(options.onRejected, { kind, ...written.fault, row: null });
      return false;
    }
    const isFull =
      stats.queued >= options.maxQueueRows || queuedBytes + written.bytes > options.maxQueueBytes;
    if (isFull) return drop('The queue is full; rows are dropped.');
    const queued: QueuedRow = { ...written, loggedAt: performance.now() };
    stats.queued += 1;
    queuedBytes += queued.bytes;
    lanes[kind].push(queued);
    return true;
  }

  const settleAll = () => Promise.all([lanes.events.flush(), lanes.actuals.flush()]);

  async function closeNow(): Promise<Stats> {
    const timer = setTimeout(() => stopping.abort(), options.closeTimeoutMs);
    await settleAll();
    clearTimeout(timer);
    forgetExit();
    return { ...stats };
  }

  function close(): Promise<Stats> {
    closing ??= closeNow();
    return closing;
  }
  const forgetExit = closeOnExit(close);

  return {
    log: (prediction) => queue('events', prediction),
    logActual: (actual) => queue('actuals', actual),
    async flush(timeoutMs = options.closeTimeoutMs) {
      const over = new AbortController();
      const late = wait(timeoutMs, false, { signal: over.signal }).catch(() => false);
      const isDone = await Promise.race([settleAll().then(() => true), late]);
      over.abort();
      return isDone;
    },
    close,
    stats: () => ({ ...stats }),
  };
}
