import type { ClientBase, Pool } from 'pg';

/** `start` is epoch ms, UTC hour. `mark` changes each time the hour becomes stale again. */
export interface StaleHour {
  start: number;
  mark: string;
  /** Its profile is written since; only monitors have not judged it. */
  profiled: boolean;
}

export async function markStale(client: ClientBase, modelId: string, hours: number[]): Promise<void> {
  if (hours.length === 0) return;
  const starts = [...new Set(hours)].sort((a, b) => a - b);
  await client.query(
    `INSERT INTO stale_hour (model_id, start_at)
     SELECT $1, to_timestamp(ms / 1000) FROM unnest($2::float8[]) AS ms
     ON CONFLICT (model_id, start_at) DO UPDATE SET mark = DEFAULT, profiled = false`,
    [modelId, starts],
  );
}

export async function staleHours(pool: Pool, modelId: string, limit: number): Promise<StaleHour[]> {
  const { rows } = await pool.query<StaleHour>(
    `SELECT (extract(epoch FROM start_at) * 1000)::float8 AS start, mark::text AS mark, profiled
     FROM stale_hour WHERE model_id = $1 ORDER BY start_at LIMIT $2`,
    [modelId, limit],
  );
  return rows;
}

const readAs = `JOIN unnest($2::float8[], $3::bigint[]) AS read (ms, mark)
  ON hour.start_at = to_timestamp(read.ms / 1000) AND hour.mark = read.mark
  WHERE hour.model_id = $1 ORDER BY hour.start_at`;

const valuesOf = (modelId: string, hours: StaleHour[]) => [
  modelId,
  hours.map((hour) => hour.start),
  hours.map((hour) => hour.mark),
];

/** Starts of those hours that are stale as they were read, and marks them profiled. They stay so until the transaction ends. */
export async function holdStale(client: ClientBase, modelId: string, hours: StaleHour[]): Promise<number[]> {
  const { rows } = await client.query<{ start: number }>(
    `WITH unchanged AS (SELECT hour.start_at, read.ms FROM stale_hour hour ${readAs} FOR NO KEY UPDATE OF hour)
     UPDATE stale_hour SET profiled = true FROM unchanged
     WHERE stale_hour.model_id = $1 AND stale_hour.start_at = unchanged.start_at
     RETURNING unchanged.ms AS start`,
    valuesOf(modelId, hours),
  );
  return rows.map((row) => row.start);
}

export async function clearStale(client: ClientBase, modelId: string, hours: StaleHour[]): Promise<void> {
  await client.query(
    `WITH unchanged AS (SELECT hour.start_at FROM stale_hour hour ${readAs} FOR UPDATE OF hour)
     DELETE FROM stale_hour USING unchanged
     WHERE stale_hour.model_id = $1 AND stale_hour.start_at = unchanged.start_at`,
    valuesOf(modelId, hours),
  );
}
