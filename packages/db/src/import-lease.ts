import { randomUUID } from 'node:crypto';
import type { ImportProblem, ImportStatus } from '@plumbline/contracts';
import type { ClientBase, Pool } from 'pg';
import { type ImportRecord, importColumns } from './import-record.ts';
import type { IncomingBatch, StoreResult } from './incoming-batch.ts';
import { insertEvents } from './insert-events.ts';
import { requireModel } from './require-model.ts';
import { storeBatch } from './store-batch.ts';
import { transaction } from './transaction.ts';

/** One worker's right to an import. It may go on after its time is up as long as nobody else took the import. */
export interface ImportLease {
  modelId: string;
  id: string;
  holder: string;
}

/** Another worker took the import over, or it is gone: nothing of this step was stored. */
export class ImportLeaseLostError extends Error {
  constructor() {
    super('another worker took this import over');
    this.name = 'ImportLeaseLostError';
  }
}

export interface ImportLeases {
  /** Null when the import is ended, gone or held by another worker. A worker that died holds it until `ms` are over. */
  claim(
    modelId: string,
    id: string,
    ms: number,
  ): Promise<{ lease: ImportLease; record: ImportRecord } | null>;
  /** @throws ImportLeaseLostError */
  renew(lease: ImportLease, ms: number): Promise<{ cancelRequested: boolean }>;
  /** Gives the import back: at once, and the attempt does not count, with `forgive`; else after a wait that grows. */
  release(lease: ImportLease, options: { forgive: boolean }): Promise<void>;
  /**
   * Stores the next rows and how far the import came in one transaction: a row is counted exactly when it is stored, so
   * that whoever goes on begins behind it.
   * @throws ImportLeaseLostError; UnknownModelError when the model was deleted meanwhile
   */
  storeRows(
    lease: ImportLease,
    batch: IncomingBatch,
    progress: { rows: number; bytesDone: number; leaseMs: number },
  ): Promise<{ result: StoreResult; cancelRequested: boolean }>;
  /** Tells how far an import came whose rows take effect at its end. @throws ImportLeaseLostError */
  report(
    lease: ImportLease,
    progress: Pick<
      ImportRecord,
      'rowsDone' | 'bytesDone' | 'accepted' | 'duplicates' | 'rejected' | 'rejectedRows'
    >,
  ): Promise<{ cancelRequested: boolean }>;
  /** Ends the import. @throws ImportLeaseLostError */
  finish(
    lease: ImportLease,
    end: { status: Extract<ImportStatus, 'done' | 'failed' | 'cancelled'>; problem: ImportProblem | null },
  ): Promise<void>;
}

const keptRejectedRows = 100;
const held = `model_id = $1 AND id = $2 AND holder = $3 AND status = 'running'`;

/** JSON that jsonb takes: it knows neither NUL nor halves of surrogate pairs, which cut texts may end in. */
const toJsonb = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'string' ? member.toWellFormed().replaceAll('\u0000', '\ufffd') : member,
  );

export function createImportLeases(pool: Pool): ImportLeases {
  async function change(
    client: ClientBase | Pool,
    { modelId, id, holder }: ImportLease,
    set: string,
    values: unknown[],
  ): Promise<boolean> {
    const { rows } = await client.query<{ cancel_requested: boolean }>(
      `UPDATE import SET ${set} WHERE ${held} RETURNING cancel_requested`,
      [modelId, id, holder, ...values],
    );
    if (!rows[0]) throw new ImportLeaseLostError();
    return rows[0].cancel_requested;
  }

  return {
    async claim(modelId, id, ms) {
      const holder = randomUUID();
      const { rows } = await pool.query<ImportRecord>(
        `UPDATE import SET status = 'running', holder = $3, held_until = now() + $4 * interval '1 millisecond',
           started_at = coalesce(started_at, now()), attempts = attempts + 1
         WHERE model_id = $1 AND id = $2 AND (status = 'waiting' OR (status = 'running' AND held_until < now()))
         RETURNING ${importColumns}`,
        [modelId, id, holder, ms],
      );
      return rows[0] ? { lease: { modelId, id, holder }, record: rows[0] } : null;
    },

    async renew(lease, ms) {
      const cancelRequested = await change(
        pool,
        lease,
        `held_until = now() + $4 * interval '1 millisecond'`,
        [ms],
      );
      return { cancelRequested };
    },

    async release({ modelId, id, holder }, { forgive }) {
      await pool.query(
        `UPDATE import SET held_until = now() + (CASE WHEN $4 THEN -1 ELSE attempts END) * interval '1 second',
           attempts = attempts - CASE WHEN $4 THEN 1 ELSE 0 END
         WHERE ${held}`,
        [modelId, id, holder, forgive],
      );
    },

    storeRows: (lease, batch, { rows, bytesDone, leaseMs }) =>
      transaction(pool, async (client) => {
        // In the order of a removal of the model: first its row, then the import's.
        await requireModel(client, lease.modelId);
        await change(client, lease, `held_until = now() + $4 * interval '1 millisecond'`, [leaseMs]);
        const writing = { write: insertEvents, versions: new Set<string>() };
        const { result } = await storeBatch(client, batch, writing);
        if (result.kind !== 'stored') throw new Error(`a batch of an import came to be ${result.kind}`);
        const { accepted, duplicates, rejected } = result.body;
        const cancelRequested = await change(
          client,
          lease,
          `rows_done = rows_done + $4, bytes_done = $5, accepted = accepted + $6, duplicates = duplicates + $7,
           rejected = rejected + $8, attempts = 0,
           rejected_rows = CASE WHEN rejected >= ${keptRejectedRows} THEN rejected_rows
             ELSE jsonb_path_query_array(rejected_rows || $9::jsonb, '$[0 to ${keptRejectedRows - 1}]') END`,
          [
            rows,
            bytesDone,
            accepted,
            duplicates,
            rejected.length,
            toJsonb(rejected.slice(0, keptRejectedRows)),
          ],
        );
        return { result, cancelRequested };
      }),

    async report(lease, { rowsDone, bytesDone, accepted, duplicates, rejected, rejectedRows }) {
      const kept = toJsonb(rejectedRows.slice(0, keptRejectedRows));
      const cancelRequested = await change(
        pool,
        lease,
        `rows_done = $4, bytes_done = $5, accepted = $6, duplicates = $7, rejected = $8, rejected_rows = $9`,
        [rowsDone, bytesDone, accepted, duplicates, rejected, kept],
      );
      return { cancelRequested };
    },

    async finish(lease, { status, problem }) {
      await change(
        pool,
        lease,
        `status = $4, problem = $5, finished_at = now(), holder = NULL, held_until = NULL,
         rows_total = CASE WHEN $4 = 'done' THEN rows_done ELSE rows_total END,
         bytes_done = CASE WHEN $4 = 'done' THEN bytes ELSE bytes_done END`,
        [status, problem === null ? null : toJsonb(problem)],
      );
    },
  };
}
