import type { ImportFormat, ImportKind, ImportOptions } from '@plumbline/contracts';
import type { Pool } from 'pg';
import { createImportLeases, type ImportLeases } from './import-lease.ts';
import { type ImportRecord, importColumns } from './import-record.ts';
import { requireModel } from './require-model.ts';
import { transaction } from './transaction.ts';
import { isUuid } from './uuid.ts';

interface NewImport {
  modelId: string;
  id: string;
  kind: ImportKind;
  format: ImportFormat;
  name: string | null;
  options: ImportOptions;
  bytes: number;
  rowsTotal: number | null;
}

/** What is to be imported and how far it came; the files lie in the data folder under the imports' ids. */
export interface ImportStore extends ImportLeases {
  /** Returns after the commit. @throws UnknownModelError when the model was deleted meanwhile */
  create(added: NewImport): Promise<ImportRecord>;
  find(modelId: string, id: string): Promise<ImportRecord | null>;
  /** Newest first; a page begins after `before`. */
  list(
    modelId: string,
    page: { limit: number; before?: { createdMs: number; id: string } },
  ): Promise<ImportRecord[]>;
  /** Ends an import that waits and asks a running one to stop; leaves others as they are. Null: there is none. */
  cancel(modelId: string, id: string): Promise<ImportRecord | null>;
  /** Unfinished imports that nobody works on, oldest first. */
  due(limit: number): Promise<{ modelId: string; importId: string }[]>;
  /** Those of these imports whose files are still needed. */
  unfinished(ids: string[]): Promise<Set<string>>;
}

export function createImportStore(pool: Pool): ImportStore {
  const one = async (sql: string, values: unknown[]): Promise<ImportRecord | null> =>
    (await pool.query<ImportRecord>(sql, values)).rows[0] ?? null;

  return {
    ...createImportLeases(pool),

    create: (added) =>
      transaction(pool, async (client) => {
        await requireModel(client, added.modelId);
        const { rows } = await client.query<ImportRecord>(
          `INSERT INTO import (model_id, id, kind, format, name, options, bytes, rows_total)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${importColumns}`,
          [
            added.modelId,
            added.id,
            added.kind,
            added.format,
            added.name,
            JSON.stringify(added.options),
            added.bytes,
            added.rowsTotal,
          ],
        );
        const [record] = rows;
        if (!record) throw new Error('the import was not stored');
        return record;
      }),

    async find(modelId, id) {
      if (!isUuid(id)) return null;
      return one(`SELECT ${importColumns} FROM import WHERE model_id = $1 AND id = $2`, [modelId, id]);
    },

    async list(modelId, { limit, before }) {
      if (before && !isUuid(before.id)) return [];
      const { rows } = await pool.query<ImportRecord>(
        `SELECT ${importColumns} FROM import
         WHERE model_id = $1
           AND ($3::float8 IS NULL OR (created_at, id) < (to_timestamp($3 / 1000)::timestamptz(3), $4::uuid))
         ORDER BY import.created_at DESC, import.id DESC LIMIT $2`,
        [modelId, limit, before?.createdMs ?? null, before?.id ?? null],
      );
      return rows;
    },

    async cancel(modelId, id) {
      if (!isUuid(id)) return null;
      return one(
        `UPDATE import SET
           cancel_requested = cancel_requested OR status IN ('waiting', 'running'),
           finished_at = CASE WHEN status = 'waiting' THEN now() ELSE finished_at END,
           status = CASE WHEN status = 'waiting' THEN 'cancelled' ELSE status END
         WHERE model_id = $1 AND id = $2 RETURNING ${importColumns}`,
        [modelId, id],
      );
    },

    async due(limit) {
      const { rows } = await pool.query<{ modelId: string; importId: string }>(
        `SELECT model_id AS "modelId", id AS "importId" FROM import
         WHERE status = 'waiting' OR (status = 'running' AND held_until < now())
         ORDER BY created_at LIMIT $1`,
        [limit],
      );
      return rows;
    },

    async unfinished(ids) {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM import WHERE id = ANY ($1::uuid[]) AND status IN ('waiting', 'running')`,
        [ids.filter(isUuid)],
      );
      return new Set(rows.map((row) => row.id));
    },
  };
}
