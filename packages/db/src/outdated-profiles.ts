import { type Profile, profileFormat } from '@plumbline/contracts';
import type { Pool } from 'pg';

/** See `ProfileStore.outdatedReferences`. */
export async function outdatedReferences(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ model_id: string }>(
    'SELECT model_id FROM bin_set WHERE active AND reference_profile IS NOT NULL AND profile_format < $1',
    [profileFormat],
  );
  return rows.map((row) => row.model_id);
}

/** See `ProfileStore.renewReferenceProfile`. */
export async function renewReferenceProfile(
  pool: Pool,
  modelId: string,
  binSetId: string,
  profile: Profile,
): Promise<void> {
  await pool.query(
    `UPDATE bin_set SET reference_profile = $3, profile_format = $4
     WHERE model_id = $1 AND id = $2 AND active`,
    [modelId, binSetId, JSON.stringify(profile), profileFormat],
  );
}

/** See `ProfileStore.markOutdated`. The model is held, so that it is not deleted meanwhile. */
export async function markOutdated(pool: Pool, limit: number): Promise<void> {
  const { rows } = await pool.query<{ model_id: string }>(
    `SELECT DISTINCT model_id FROM profile WHERE grain = 'hour' AND format < $1
     EXCEPT SELECT DISTINCT model_id FROM stale_hour`,
    [profileFormat],
  );
  for (const { model_id: modelId } of rows) {
    await pool.query(
      `INSERT INTO stale_hour (model_id, start_at)
       SELECT hour.model_id, hour.start_at FROM (SELECT id FROM model WHERE id = $1 FOR KEY SHARE) held
       CROSS JOIN LATERAL (
         SELECT DISTINCT model_id, start_at FROM profile
         WHERE model_id = held.id AND grain = 'hour' AND format < $2 ORDER BY start_at DESC LIMIT $3
       ) hour
       ORDER BY hour.start_at
       ON CONFLICT (model_id, start_at) DO NOTHING`,
      [modelId, profileFormat, limit],
    );
  }
}
