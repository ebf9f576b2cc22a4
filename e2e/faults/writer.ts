import { setTimeout as wait } from 'node:timers/promises';
import type { History, RowKind } from './history.ts';
import type { Random } from './random.ts';
import { type ActualRow, actualsOf, digestOf, type EventRow, eventOf, type Origin } from './rows.ts';
import { type Sent, sendRows } from './send.ts';

const requestMs = 4_000;
const longestPauseMs = 1_000;

export interface WriterPlan {
  origin: Origin;
  random: Random;
  history: History;
  /** Where requests go: while faults are played through a bad network, afterwards to the server itself. */
  port(): number;
  apiKey: string;
  path: string;
  batchSize: number;
  /** Time from the start of one batch to the start of the next. */
  everyMs: number;
  /** The number of the first event of the next batch; every number is handed out once. */
  nextIndex(): number;
}

interface Batch {
  kind: RowKind;
  rows: (EventRow | ActualRow)[];
  isRepeat?: boolean;
  idempotencyKey?: string;
}

const says = (row: EventRow | ActualRow) =>
  'features' in row ? digestOf(row) : `${row.actual_label} ${row.actual_timestamp}`;

function outcomeOf({ status }: Sent): 'ok' | 'fail' | 'info' {
  if (status === 202) return 'ok';
  return status >= 400 && status < 500 && status !== 409 && status !== 429 ? 'fail' : 'info';
}

/** Posts new batches until it is told to stop, then settles what is open. Repeats a batch until its outcome is known. */
export function startWriter(plan: WriterPlan): { stop(): Promise<void> } {
  const { origin, random, history } = plan;
  let stopping = false;

  async function attempt(batch: Batch): Promise<{ outcome: 'ok' | 'fail' | 'info'; sent: Sent }> {
    const { kind, rows, isRepeat = false, idempotencyKey } = batch;
    const op = history.invoke({ kind, isRepeat, rows: rows.map((row) => [row.prediction_id, says(row)]) });
    const isActuals = kind === 'actuals';
    const sent = await sendRows(
      { port: plan.port(), apiKey: plan.apiKey, path: `${plan.path}/${isActuals ? 'actuals' : 'events'}` },
      isActuals ? { actuals: rows } : { events: rows },
      { timeoutMs: requestMs, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) },
    );
    const outcome = outcomeOf(sent);
    const { status, why, answer } = sent;
    const counts = answer && { ...answer, rejected: answer.rejected.length };
    history.returned({
      type: outcome,
      op,
      status,
      why,
      ...(counts
        ? { answer: { accepted: counts.accepted, duplicates: counts.duplicates, rejected: counts.rejected } }
        : {}),
    });
    return { outcome, sent };
  }

  /** Repeats until the outcome is known. @returns whether the rows are in. */
  async function settle(batch: Batch, mayAbandon = false): Promise<boolean> {
    if (batch.rows.length === 0) return true;
    for (;;) {
      const { outcome, sent } = await attempt(batch);
      if (outcome !== 'info') return outcome === 'ok';
      if (mayAbandon && random.chance(0.1)) return false;
      await wait(Math.min(longestPauseMs, sent.retryAfterMs || 200) * (0.5 + random.next() / 2));
    }
  }

  async function postNext(): Promise<void> {
    const first = plan.nextIndex();
    const indices = Array.from({ length: plan.batchSize }, (_, i) => first + i);
    const rows = indices.map((index) => eventOf(origin, index));
    const actuals = indices.map((index) => actualsOf(origin, index));
    const firsts = actuals.flatMap((list) => list.slice(0, 1));
    const corrections = actuals.flatMap((list) => list.slice(1));
    const truthComesFirst = random.chance(0.2);
    if (truthComesFirst) await settle({ kind: 'actuals', rows: firsts });
    const keyed = random.chance(0.5) ? { idempotencyKey: `batch-${first}` } : {};
    // Two clients that tell the same at once, in another order.
    const rival = random.chance(0.1) ? settle({ kind: 'events', rows: rows.toReversed() }) : null;
    const isIn = await settle({ kind: 'events', rows, ...keyed }, rival === null);
    await rival;
    if (isIn && random.chance(0.1))
      await settle({ kind: 'events', rows: random.shuffled(rows), isRepeat: true });
    if (isIn && random.chance(0.1)) {
      const other = rows
        .slice(0, 1)
        .map((row) => ({ ...row, prediction_score: (row.prediction_score + 0.5) % 1 }));
      await settle({ kind: 'conflict', rows: other });
    }
    if (!truthComesFirst) await settle({ kind: 'actuals', rows: firsts });
    await settle({ kind: 'actuals', rows: corrections });
  }

  const running = (async () => {
    while (!stopping) {
      const startedAt = Date.now();
      await postNext();
      await wait(Math.max(0, plan.everyMs - (Date.now() - startedAt)));
    }
  })();
  return {
    async stop() {
      stopping = true;
      await running;
    },
  };
}
