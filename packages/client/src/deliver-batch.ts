import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ResolvedOptions } from './client-options.ts';
import type { Verdict } from './read-verdict.ts';
import { callSafely, type RejectedRow } from './report.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { QueuedRow, RowKind } from './rows.ts';
import { encodeBody, sendRequest } from './send-request.ts';
import type { Stats } from './stats.ts';

export interface Delivery {
  options: ResolvedOptions;
  stats: Stats;
  /** Called once for rows whose fate is known, before it is counted. */
  leaveQueue: (rows: QueuedRow[]) => void;
  /** Aborted when there is no time left: rows not yet answered are dropped. */
  stop: AbortSignal;
}

function countAnswer(
  { options, stats, leaveQueue }: Delivery,
  kind: RowKind,
  rows: QueuedRow[],
  verdict: Extract<Verdict, { kind: 'answered' }>,
): void {
  const { accepted, duplicates, rejectedCount, rejected } = verdict;
  leaveQueue(rows);
  stats.accepted += accepted;
  stats.duplicates += duplicates;
  stats.rejected += rejectedCount;
  for (const { index, prediction_id, code, pointer, detail } of rejected) {
    const row: unknown = JSON.parse(rows[index]?.json ?? 'null');
    const prefix = `/${kind}/${index}`;
    const inRow = pointer.startsWith(prefix) ? pointer.slice(prefix.length) : pointer;
    callSafely<RejectedRow>(options.onRejected, { kind, prediction_id, code, pointer: inRow, detail, row });
  }
}

/** Sends a batch under one idempotency key until the server has judged it or it has to be given up. Never rejects. */
export async function deliverBatch(delivery: Delivery, kind: RowKind, rows: QueuedRow[]): Promise<void> {
  const { options, stats, leaveQueue, stop } = delivery;
  const fail = (status: number | null, message: string, willRetry: boolean) => {
    stats.errors += 1;
    if (!willRetry) {
      leaveQueue(rows);
      stats.dropped += rows.length;
    }
    callSafely(options.onError, { message, status, willRetry, rows: rows.length });
  };
  if (stop.aborted) return fail(null, 'The client was closed before these rows could be sent.', false);
  const url = `${options.url}/v1/models/${options.model}/${kind}`;
  const body = await encodeBody(`{"${kind}":[${rows.map(({ json }) => json).join(',')}]}`);
  const idempotencyKey = randomUUID();
  const startedAt = performance.now();
  stats.sent += rows.length;
  for (let attempt = 1; ; attempt += 1) {
    if (attempt > 1) stats.retried += 1;
    const { apiKey, requestTimeoutMs: timeoutMs } = options;
    const verdict = await sendRequest({ url, apiKey, idempotencyKey, body, timeoutMs, signal: stop });
    if (verdict.kind === 'answered') return countAnswer(delivery, kind, rows, verdict);
    if (verdict.kind === 'refused') return fail(verdict.status, verdict.message, false);
    const delayMs = retryDelayMs(attempt, verdict.retryAfterMs, Math.random());
    const isOver = performance.now() - startedAt + delayMs > options.giveUpAfterMs;
    fail(verdict.status, verdict.message, !isOver && !stop.aborted);
    if (isOver || stop.aborted) return;
    await wait(delayMs, undefined, { ref: false, signal: stop }).catch(() => undefined);
    if (stop.aborted) return fail(null, 'The client was closed while these rows were being retried.', false);
  }
}
