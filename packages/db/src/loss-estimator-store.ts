import type { Pool } from 'pg';

/** What was learnt of the errors of regressions from their references. Bodies are opaque here. */
export interface LossEstimatorStore {
  /** Regressions whose reference nothing of this format was learnt from. */
  modelsDue(format: number): Promise<string[]>;
  /** Null: nothing was learnt for this bin set. */
  find(modelId: string, binSetId: string): Promise<unknown>;
  /** Replaces what was learnt before; does nothing once the bin set is not the active one. */
  save(modelId: string, binSetId: string, body: { format: number }): Promise<void>;
}

export function createLossEstimatorStore(pool: Pool): LossEstimatorStore {
  return {
    async modelsDue(format) {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT m.id FROM model m
         JOIN bin_set b ON b.model_id = m.id AND b.active AND b.reference_id IS NOT NULL
         LEFT JOIN loss_estimator l ON l.model_id = m.id AND l.bin_set_id = b.id AND l.format = $1
         WHERE m.task = 'regression' AND l.model_id IS NULL ORDER BY m.id`,
        [format],
      );
      return rows.map(({ id }) => id);
    },

    async find(modelId, binSetId) {
      const { rows } = await pool.query<{ body: unknown }>(
        'SELECT body FROM loss_estimator WHERE model_id = $1 AND bin_set_id = $2',
        [modelId, binSetId],
      );
      return rows[0]?.body ?? null;
    },

    async save(modelId, binSetId, body) {
      await pool.query(
        `INSERT INTO loss_estimator (model_id, bin_set_id, format, body)
         SELECT model_id, id, $3, $4::jsonb FROM bin_set WHERE model_id = $1 AND id = $2 AND active FOR SHARE
         ON CONFLICT (model_id, bin_set_id) DO UPDATE
         SET format = excluded.format, body = excluded.body, learnt_at = now()`,
        [modelId, binSetId, body.format, JSON.stringify(body)],
      );
    },
  };
}
