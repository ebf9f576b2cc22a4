import type { Pool } from 'pg';
import { type Mirrored, type MirrorWrite, mirror } from './mirror.ts';
import { insertParts, type NewPart, type PartKind, type PartRecord, partColumns } from './part.ts';
import { transaction } from './transaction.ts';

export interface PartManifest {
  /** Models that have batches no part covers yet, oldest first. */
  modelsWithPending(options?: { olderThanMs: number }): Promise<string[]>;
  /**
   * Exclusive per model. Exports up to `maxRows` pending rows (whole batches) into `directory`, lets `write` make the
   * parts and commits manifest rows and "these batches are mirrored" together. Null: another process holds the model.
   * `remaining` tells whether batches were left over. `touchedHours` (UTC hour starts, ms) become stale in the same
   * transaction, so that a crash before their profiles are recomputed costs time and nothing else.
   * `write` is not called when there is no row to write; the files are gone after it returns.
   */
  mirror(
    modelId: string,
    options: { maxRows: number; directory: string },
    write: MirrorWrite,
  ): Promise<Mirrored | null>;
  /** Live parts of a model; with a range, those whose time range touches [fromMs, toMs). */
  live(
    modelId: string,
    options?: { kinds?: PartKind[]; fromMs?: number; toMs?: number },
  ): Promise<PartRecord[]>;
  /** Swaps parts in one transaction; false when one of `replaced` is no longer live (nothing is changed). */
  replace(modelId: string, replaced: string[], added: NewPart[]): Promise<boolean>;
  /** Paths of all parts of a model, live or replaced. */
  paths(modelId: string): Promise<string[]>;
  /** Parts replaced before `before`: files that may be deleted; `forget` removes their rows. */
  replacedBefore(before: Date): Promise<PartRecord[]>;
  /** Live parts are kept. */
  forget(modelId: string, partIds: string[]): Promise<void>;
}

class NotLive extends Error {}

/** `exportPool` has no statement timeout: an export takes as long as its rows. */
export function createPartManifest(pool: Pool, exportPool: Pool): PartManifest {
  return {
    async modelsWithPending({ olderThanMs } = { olderThanMs: 0 }) {
      const { rows } = await pool.query<{ model_id: string }>(
        `SELECT model_id FROM ingest_batch WHERE mirrored_at IS NULL
         GROUP BY model_id HAVING min(received_at) <= now() - $1 * interval '1 millisecond'
         ORDER BY min(received_at), model_id`,
        [olderThanMs],
      );
      return rows.map((row) => row.model_id);
    },

    mirror: (modelId, options, write) => mirror(exportPool, modelId, options, write),

    async live(modelId, { kinds, fromMs, toMs } = {}) {
      const { rows } = await pool.query<PartRecord>(
        `SELECT ${partColumns} FROM part
         WHERE model_id = $1 AND replaced_at IS NULL
           AND ($2::text[] IS NULL OR kind = ANY ($2))
           AND ($3::float8 IS NULL OR max_at >= to_timestamp($3 / 1000))
           AND ($4::float8 IS NULL OR min_at < to_timestamp($4 / 1000))
         ORDER BY min_at, id`,
        [modelId, kinds ?? null, fromMs ?? null, toMs ?? null],
      );
      return rows;
    },

    async replace(modelId, replaced, added) {
      const ids = [...new Set(replaced)];
      try {
        await transaction(pool, async (client) => {
          const { rowCount } = await client.query(
            `UPDATE part SET replaced_at = now() FROM (
               SELECT id FROM part WHERE model_id = $1 AND id = ANY ($2::uuid[]) AND replaced_at IS NULL
               ORDER BY id FOR UPDATE
             ) live
             WHERE part.model_id = $1 AND part.id = live.id`,
            [modelId, ids],
          );
          if (rowCount !== ids.length) throw new NotLive();
          await insertParts(client, modelId, added);
        });
        return true;
      } catch (error) {
        if (error instanceof NotLive) return false;
        throw error;
      }
    },

    async paths(modelId) {
      const { rows } = await pool.query<{ path: string }>('SELECT path FROM part WHERE model_id = $1', [
        modelId,
      ]);
      return rows.map((row) => row.path);
    },

    async replacedBefore(before) {
      const { rows } = await pool.query<PartRecord>(
        `SELECT ${partColumns} FROM part WHERE replaced_at < $1 ORDER BY replaced_at, id`,
        [before],
      );
      return rows;
    },

    async forget(modelId, partIds) {
      await pool.query(
        'DELETE FROM part WHERE model_id = $1 AND id = ANY ($2::uuid[]) AND replaced_at IS NOT NULL',
        [modelId, partIds],
      );
    },
  };
}
