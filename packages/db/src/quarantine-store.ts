import type { QuarantineStatus } from '@plumbline/contracts';
import type { Pool } from 'pg';
import type { IncomingBatch, QuarantinedRow } from './incoming-batch.ts';
import { insertEvents } from './insert-events.ts';
import { type RowSelection, selected } from './quarantine-selection.ts';
import { storeBatch } from './store-batch.ts';
import { transaction } from './transaction.ts';

export interface QuarantineRecord extends QuarantinedRow {
  /** Grows with time; a page begins after the id of the row before it. */
  id: string;
  received_at: Date;
  batch_id: string;
  kind: 'events' | 'actuals';
  /** The pointer without the row's index. */
  field: string;
  status: QuarantineStatus;
  settled_at: Date | null;
}

export interface QuarantineGroupRecord {
  code: string;
  field: string;
  kind: 'events' | 'actuals';
  n: number;
  first_at: Date;
  last_at: Date;
  example: string;
}

/** A row that waits, with what its envelope said. */
export interface WaitingRow extends QuarantinedRow {
  id: string;
  kind: 'events' | 'actuals';
  envelope_version: string | null;
  envelope_environment: string | null;
}

/** What became of the rows of a replay. */
interface ReplayVerdict {
  /** Rows that are stored now. */
  settled: string[];
  /** Rows that stay, with their present fault. */
  faults: { id: string; code: string; pointer: string; detail: string }[];
}

export interface QuarantineStore {
  /** Newest first. */
  list(
    modelId: string,
    selection: RowSelection,
    page: { limit: number; before?: string },
  ): Promise<QuarantineRecord[]>;
  /** Counts by code, field and kind of row, the largest group first; at most 1,000 groups. */
  groups(modelId: string, selection: RowSelection): Promise<QuarantineGroupRecord[]>;
  /** Rows that wait, oldest first, after the row `after`. */
  waiting(
    modelId: string,
    selection: RowSelection,
    page: { limit: number; after?: string },
  ): Promise<WaitingRow[]>;
  /** How many rows wait after the row `after`. */
  countWaiting(modelId: string, selection: RowSelection, after?: string): Promise<number>;
  /**
   * Stores a batch made of the waiting rows `ids` and records what `verdict` says of them, in one transaction. Null, and
   * nothing is stored, when one of the rows no longer waits. `verdict` is called after the batch's `answer`.
   * @throws UnknownModelError
   */
  replay(
    batch: IncomingBatch,
    ids: string[],
    verdict: () => ReplayVerdict,
  ): Promise<{ pending: boolean } | null>;
  /** Settles waiting rows without storing them; tells how many. */
  discard(modelId: string, selection: RowSelection): Promise<number>;
  /** Removes rows received before `before` and, of each model, all but the newest `keep`. Tells how many went. */
  prune(limits: { before: Date; keep: number }): Promise<number>;
}

const rowColumns =
  'id, batch_id, kind, row_index AS index, prediction_id, code, pointer, field, detail, body, status, received_at, settled_at';

/** Locks the rows and tells whether all of them still wait. */
const lockWaiting = `SELECT id FROM quarantine
  WHERE model_id = $1 AND id = ANY($2::bigint[]) AND status = 'waiting' ORDER BY id FOR UPDATE`;

/** Rows settled by one statement: far from its timeout. */
const discardedAtATime = 10_000;

async function discard(pool: Pool, modelId: string, selection: RowSelection): Promise<number> {
  const { sql, values } = selected(modelId, { ...selection, status: 'waiting' });
  let total = 0;
  for (let last = discardedAtATime; last === discardedAtATime; total += last) {
    const { rowCount } = await pool.query(
      `UPDATE quarantine SET status = 'discarded', settled_at = now() WHERE (model_id, id) IN (
         SELECT model_id, id FROM quarantine WHERE ${sql} ORDER BY id LIMIT ${discardedAtATime} FOR UPDATE
       )`,
      values,
    );
    last = rowCount ?? 0;
  }
  return total;
}

async function prune(pool: Pool, { before, keep }: { before: Date; keep: number }): Promise<number> {
  const models = await pool.query<{ id: string }>(
    'SELECT id FROM model m WHERE EXISTS (SELECT FROM quarantine WHERE model_id = m.id)',
  );
  let removed = 0;
  for (const { id } of models.rows) {
    const { rowCount } = await pool.query(
      `DELETE FROM quarantine WHERE model_id = $1 AND (received_at < $2 OR id <= (
         SELECT id FROM quarantine WHERE model_id = $1 ORDER BY id DESC OFFSET $3 LIMIT 1
       ))`,
      [id, before, keep],
    );
    removed += rowCount ?? 0;
  }
  return removed;
}

/** Removing old rows goes through `bulkPool`, which has no statement timeout. */
export function createQuarantineStore(pool: Pool, bulkPool: Pool): QuarantineStore {
  return {
    async list(modelId, selection, { limit, before }) {
      const { sql, values } = selected(modelId, selection);
      const { rows } = await pool.query<QuarantineRecord>(
        `SELECT ${rowColumns} FROM quarantine
         WHERE ${sql} AND ($${values.length + 1}::bigint IS NULL OR id < $${values.length + 1})
         ORDER BY id DESC LIMIT $${values.length + 2}`,
        [...values, before ?? null, limit],
      );
      return rows;
    },

    async groups(modelId, selection) {
      const { sql, values } = selected(modelId, selection);
      const { rows } = await pool.query<QuarantineGroupRecord>(
        `SELECT g.*, detail AS example FROM (
           SELECT code, field, kind, count(*)::int AS n, min(received_at) AS first_at, max(received_at) AS last_at,
                  max(id) AS newest
           FROM quarantine WHERE ${sql} GROUP BY code, field, kind ORDER BY n DESC, code, field LIMIT 1000
         ) g JOIN quarantine q ON q.model_id = $1 AND q.id = g.newest
         ORDER BY n DESC, g.code, g.field`,
        values,
      );
      return rows;
    },

    async waiting(modelId, selection, { limit, after }) {
      const { sql, values } = selected(modelId, { ...selection, status: 'waiting' });
      const { rows } = await pool.query<WaitingRow>(
        `SELECT id, kind, row_index AS index, prediction_id, code, pointer, detail, body,
                envelope_version, envelope_environment
         FROM quarantine WHERE ${sql} AND id > $${values.length + 1} ORDER BY id LIMIT $${values.length + 2}`,
        [...values, after ?? '0', limit],
      );
      return rows;
    },

    async countWaiting(modelId, selection, after = '0') {
      const { sql, values } = selected(modelId, { ...selection, status: 'waiting' });
      const { rows } = await pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM quarantine WHERE ${sql} AND id > $${values.length + 1}`,
        [...values, after],
      );
      return rows[0]?.n ?? 0;
    },

    replay: (batch, ids, verdict) =>
      transaction(pool, async (client) => {
        const { rowCount } = await client.query(lockWaiting, [batch.modelId, ids]);
        if (rowCount !== ids.length) return null;
        const { result } = await storeBatch(client, batch, { write: insertEvents, versions: new Set() });
        const { settled, faults } = verdict();
        await client.query(
          `UPDATE quarantine SET status = 'replayed', settled_at = now() WHERE model_id = $1 AND id = ANY($2::bigint[])`,
          [batch.modelId, settled],
        );
        await client.query(
          `UPDATE quarantine q SET code = f.code, pointer = f.pointer, detail = f.detail
           FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) AS f (id, code, pointer, detail)
           WHERE q.model_id = $1 AND q.id = f.id
             AND (q.code, q.pointer, q.detail) IS DISTINCT FROM (f.code, f.pointer, f.detail)`,
          [
            batch.modelId,
            faults.map((fault) => fault.id),
            faults.map((fault) => fault.code),
            faults.map((fault) => fault.pointer),
            faults.map((fault) => fault.detail),
          ],
        );
        return { pending: result.kind === 'stored' && result.pending };
      }),

    discard: (modelId, selection) => discard(pool, modelId, selection),

    prune: (limits) => prune(bulkPool, limits),
  };
}
