import type { Pool } from 'pg';

/** An actual as it was in effect once. */
interface PastActual {
  prediction_id: string;
  actual_label: string | null;
  actual_score: number | null;
  /** Epoch ms. */
  actual_ms: number | null;
  /** The batch that brought it. */
  actual_seq: number;
}

export interface ActualStore {
  /**
   * What was known of a model's actuals at a moment (epoch ms): the last batch received by then, 0 when there was none,
   * and the actuals that were in effect then and have been replaced since.
   */
  asOf(modelId: string, ms: number): Promise<{ seq: number; corrected: PastActual[] }>;
}

export function createActualStore(pool: Pool): ActualStore {
  return {
    async asOf(modelId, ms) {
      const last = await pool.query<{ seq: string | null }>(
        `SELECT max(seq) AS seq FROM ingest_batch
         WHERE model_id = $1 AND received_at <= to_timestamp($2::float8 / 1000)`,
        [modelId, ms],
      );
      const seq = Number(last.rows[0]?.seq ?? 0);
      const { rows } = await pool.query<Omit<PastActual, 'actual_seq'> & { actual_seq: string }>(
        `SELECT DISTINCT ON (prediction_id) prediction_id, actual_label, actual_score,
                floor(extract(epoch FROM actual_at) * 1000)::float8 AS actual_ms, batch_seq AS actual_seq
         FROM actual
         WHERE model_id = $1 AND batch_seq <= $2 AND prediction_id IN (
           SELECT prediction_id FROM actual WHERE model_id = $1 AND batch_seq > $2
         )
         ORDER BY prediction_id, actual_at DESC NULLS LAST, batch_seq DESC`,
        [modelId, seq],
      );
      return { seq, corrected: rows.map((row) => ({ ...row, actual_seq: Number(row.actual_seq) })) };
    },
  };
}
