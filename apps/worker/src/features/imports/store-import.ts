import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '@plumbline/contracts';
import type { Db, ImportLease, ImportRecord, IncomingBatch, ModelRecord } from '@plumbline/db';
import { type Intake, type NegativeLabels, type PostedRow, storeRows } from '@plumbline/intake';
import type { ImportContext } from './import-context.ts';
import type { ImportEnd } from './import-end.ts';
import { readImportRows } from './read-import-rows.ts';

/** Rows that may wait for parts before an import waits for them: far from where requests are refused for it. */
const mostPending = 1_000_000;
const lookEveryRows = 20_000;
const waitMs = 500;

/** Posted rows come first: an import does not pile up more than the workers take into parts. */
async function letPartsCatchUp({ db }: ImportContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await db.pendingRows()) > mostPending) {
    await wait(waitMs, undefined, { signal }).catch(() => {});
  }
}

/** The same Db, with `store` in the place of the plain storing of a batch. */
function storingBy(db: Db, store: Db['events']['store']): Db {
  return { ...db, events: { ...db.events, store } };
}

/** What a run before this one learned from rows it stored. */
function learnAgain(labels: NegativeLabels, model: ModelRecord, rows: PostedRow[]): void {
  const texts = (field: string) =>
    rows.flatMap((posted) => {
      const row = 'row' in posted ? (posted.row as Record<string, unknown> | null) : null;
      const label = row?.[field];
      return typeof label === 'string' ? [label] : [];
    });
  labels.learn(model, [], [...texts('actual_label'), ...texts('prediction_label')]);
}

/**
 * Takes the rows of an import in, chunk by chunk, each with its checkpoint in one transaction, so that a run that goes on
 * after a crash begins exactly behind the last one. Null: told to stop by `signal`; the rest waits for another run.
 * @throws Problem when the file cannot be read, ImportLeaseLostError when another worker has it
 */
export async function storeImport(
  context: ImportContext,
  { lease, record, leaseMs }: { lease: ImportLease; record: ImportRecord; leaseMs: number },
  model: ModelRecord,
  signal: AbortSignal,
): Promise<ImportEnd | null> {
  const { db, queue, labels, logger } = context;
  const { modelVersion, environment } = record.options;
  const intake: Intake = {
    model,
    kind: record.kind === 'actuals' ? 'actuals' : 'events',
    defaults: { modelVersion, environment },
    batchId: record.id,
  };
  const refresh = (modelId: string) => {
    queue.enqueue('refresh', { modelId }).catch((error: unknown) => {
      logger.warn({ err: error, modelId }, 'refresh was not enqueued; the sweep will find the rows');
    });
  };
  let rows = record.rowsDone;
  let lookAt = rows;
  let taken = record.accepted + record.duplicates;
  for await (const chunk of readImportRows(context, record, model)) {
    if (signal.aborted) return null;
    if (chunk.isStored) {
      learnAgain(labels, model, chunk.rows);
      continue;
    }
    if (rows >= lookAt) {
      await letPartsCatchUp(context, signal);
      lookAt = rows + lookEveryRows;
    }
    let isCancelled = false;
    const progress = { rows: chunk.rows.length, bytesDone: chunk.bytesDone, leaseMs };
    const store = async (batch: IncomingBatch) => {
      const { result, cancelRequested } = await db.imports.storeRows(lease, batch, progress);
      isCancelled = cancelRequested;
      return result;
    };
    const result = await storeRows({ db: storingBy(db, store), labels, refresh }, intake, chunk.rows);
    if (result.kind === 'stored') taken += result.body.accepted + result.body.duplicates;
    rows += chunk.rows.length;
    if (isCancelled) return { status: 'cancelled', problem: null };
  }
  if (rows === 0) throw new Problem('validation-failed', { detail: 'The file holds no rows.' });
  if (taken === 0) throw new Problem('all-items-rejected', { detail: `None of ${rows} rows was accepted.` });
  return { status: 'done', problem: null };
}
