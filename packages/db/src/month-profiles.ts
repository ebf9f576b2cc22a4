import type { Pool, PoolClient } from 'pg';

/** A month, `start` to `end` (epoch ms, UTC), whose days are profiled but not the month. */
export interface UnmergedMonth {
  modelId: string;
  binSetId: string;
  start: number;
  end: number;
}

/** Day profiles of the active bin sets by month. Their keys alone are read, not their bodies. */
const dayMonths = `SELECT DISTINCT p.model_id, p.bin_set_id,
    date_trunc('month', p.start_at, 'UTC') AS start_at,
    date_add(date_trunc('month', p.start_at, 'UTC'), '1 month', 'UTC') AS end_at
  FROM profile p JOIN bin_set b ON b.model_id = p.model_id AND b.id = p.bin_set_id AND b.active
  WHERE p.grain = 'day'`;

const isBeforeNewestDay = `month.end_at <= (
    SELECT max(start_at) FROM profile d
    WHERE d.model_id = month.model_id AND d.bin_set_id = month.bin_set_id AND d.grain = 'day'
  )`;

const isUnmerged = `NOT EXISTS (
    SELECT FROM profile m WHERE m.model_id = month.model_id AND m.bin_set_id = month.bin_set_id
      AND m.grain = 'month' AND m.start_at = month.start_at
  )`;

const isSettled = `NOT EXISTS (
    SELECT FROM stale_hour s
    WHERE s.model_id = month.model_id AND s.start_at >= month.start_at AND s.start_at < month.end_at
  )`;

/** See `ProfileStore.unmergedMonths`. */
export async function unmergedMonths(pool: Pool): Promise<UnmergedMonth[]> {
  const { rows } = await pool.query<UnmergedMonth>(
    `SELECT model_id AS "modelId", bin_set_id AS "binSetId",
       (extract(epoch FROM start_at) * 1000)::float8 AS start, (extract(epoch FROM end_at) * 1000)::float8 AS end
     FROM (${dayMonths}) month
     WHERE ${isBeforeNewestDay} AND ${isUnmerged} AND ${isSettled}
     ORDER BY model_id, start_at`,
  );
  return rows;
}

/** Deletes the profiles of the months that hold any of these hours (epoch ms). */
export async function forgetMonths(
  client: PoolClient,
  modelId: string,
  binSetId: string,
  hours: number[],
): Promise<void> {
  await client.query(
    `DELETE FROM profile WHERE model_id = $1 AND bin_set_id = $2 AND grain = 'month' AND start_at IN (
       SELECT date_trunc('month', to_timestamp(ms / 1000), 'UTC') FROM unnest($3::float8[]) AS ms
     )`,
    [modelId, binSetId, hours],
  );
}
