import type { Pool } from 'pg';

/** Rows received in one UTC hour; `start` is epoch ms. Rows that were stored before count as neither. */
export interface IntakeHour {
  start: number;
  accepted: number;
  rejected: number;
  /** Of these, those refused for the type of a feature. */
  mistyped: number;
}

export interface IntakeCounts {
  /** Hours that start in [fromMs, toMs) and received something, ascending. */
  hours(modelId: string, fromMs: number, toMs: number): Promise<IntakeHour[]>;
  /** Rows received in [fromMs, toMs) that were refused for the type of a feature, by its name, whatever became of them. */
  mistyped(modelId: string, fromMs: number, toMs: number): Promise<Map<string, number>>;
  /** When the model received its first batch, epoch ms; null before. */
  firstMs(modelId: string): Promise<number | null>;
  /** When the model received events last, epoch ms; null before. */
  lastEventsMs(modelId: string): Promise<number | null>;
  /** Models that received rows since, and whether some of them were refused. */
  receiving(since: Date): Promise<{ modelId: string; refused: boolean }[]>;
}

const hourOf = "date_trunc('hour', received_at, 'UTC')";

const received = `model_id = $1 AND received_at >= to_timestamp($2::float8 / 1000)
  AND received_at < to_timestamp($3::float8 / 1000)`;
const isMistyped = "code = 'type_mismatch' AND field LIKE '/features/%'";

/** Counts come from the batches: each batch wrote its own once, so that no two writers meet in a row of an hour. */
export function createIntakeCounts(pool: Pool): IntakeCounts {
  return {
    async hours(modelId, fromMs, toMs) {
      const { rows } = await pool.query<IntakeHour>(
        `SELECT (extract(epoch FROM hour) * 1000)::float8 AS start, accepted, rejected, coalesce(rows, 0) AS mistyped
         FROM (SELECT ${hourOf} AS hour, sum(accepted)::float8 AS accepted, sum(rejected)::float8 AS rejected
               FROM ingest_batch WHERE ${received} GROUP BY hour) batches
         LEFT JOIN (SELECT ${hourOf} AS hour, count(*)::float8 AS rows
                    FROM quarantine WHERE ${received} AND ${isMistyped} GROUP BY hour) refused USING (hour)
         WHERE accepted + rejected > 0 ORDER BY start`,
        [modelId, fromMs, toMs],
      );
      return rows;
    },

    async mistyped(modelId, fromMs, toMs) {
      const { rows } = await pool.query<{ field: string; rows: number }>(
        `SELECT field, count(*)::float8 AS rows FROM quarantine
         WHERE ${received} AND ${isMistyped} GROUP BY field`,
        [modelId, fromMs, toMs],
      );
      const nameIn = (field: string) =>
        field.slice('/features/'.length).replaceAll('~1', '/').replaceAll('~0', '~');
      return new Map(rows.map((row) => [nameIn(row.field), row.rows]));
    },

    async firstMs(modelId) {
      const { rows } = await pool.query<{ first: number | null }>(
        `SELECT (extract(epoch FROM min(received_at)) * 1000)::float8 AS first FROM ingest_batch WHERE model_id = $1`,
        [modelId],
      );
      return rows[0]?.first ?? null;
    },

    async lastEventsMs(modelId) {
      const { rows } = await pool.query<{ last: number }>(
        `SELECT (extract(epoch FROM received_at) * 1000)::float8 AS last FROM ingest_batch
         WHERE model_id = $1 AND events > 0 ORDER BY received_at DESC LIMIT 1`,
        [modelId],
      );
      return rows[0]?.last ?? null;
    },

    async receiving(since) {
      const { rows } = await pool.query<{ modelId: string; refused: boolean }>(
        `SELECT m.id AS "modelId", (SELECT bool_or(rejected > 0) FROM ingest_batch
                                    WHERE model_id = m.id AND received_at >= $1) AS refused
         FROM model m WHERE EXISTS (SELECT FROM ingest_batch WHERE model_id = m.id AND received_at >= $1)`,
        [since],
      );
      return rows;
    },
  };
}
