import { profileFormat } from '@plumbline/contracts';
import type { PoolClient } from 'pg';
import { forgetMonths, type UnmergedMonth } from './month-profiles.ts';
import type { Grain, ProfileRow } from './profile-row.ts';
import { selectProfiles } from './select-profiles.ts';
import { holdStale, type StaleHour } from './stale-hours.ts';

export interface StaleProfiles {
  /** As read before the parts that `rows` are made of. */
  hours: StaleHour[];
  /** Profiles of these hours. */
  rows: ProfileRow[];
  /** Makes the profiles of a day from those of its hours. Called inside the transaction. */
  rollUp(hours: ProfileRow[]): ProfileRow[];
}

/** One writer at a time; two that refill the same slot would meet in the primary key. False: the bin set is not active. */
async function holdBinSet(client: PoolClient, modelId: string, binSetId: string): Promise<boolean> {
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`profile:${modelId}`]);
  const active = await client.query(
    'SELECT 1 FROM bin_set WHERE model_id = $1 AND id = $2 AND active FOR SHARE',
    [modelId, binSetId],
  );
  return active.rowCount !== 0;
}

async function replaceProfiles(
  client: PoolClient,
  modelId: string,
  binSetId: string,
  grain: Grain,
  slots: number[],
  rows: ProfileRow[],
): Promise<void> {
  await client.query(
    `DELETE FROM profile WHERE model_id = $1 AND bin_set_id = $2 AND grain = $3
       AND start_at IN (SELECT to_timestamp(ms / 1000) FROM unnest($4::float8[]) AS ms)`,
    [modelId, binSetId, grain, slots],
  );
  await client.query(
    `INSERT INTO profile (model_id, bin_set_id, grain, start_at, environment, version, events, body, format)
     SELECT $1, $2, $3, to_timestamp(ms / 1000), environment, version, events, body::jsonb, $9
     FROM unnest($4::float8[], $5::text[], $6::text[], $7::int[], $8::text[])
       AS row (ms, environment, version, events, body)`,
    [
      modelId,
      binSetId,
      grain,
      rows.map((row) => row.start),
      rows.map((row) => row.environment),
      rows.map((row) => row.version),
      rows.map((row) => row.profile.events),
      rows.map((row) => JSON.stringify(row.profile)),
      profileFormat,
    ],
  );
}

const dayMs = 86_400_000;

/** See `ProfileStore.writeStale`; runs inside the caller's transaction. */
export async function writeStale(
  client: PoolClient,
  modelId: string,
  binSetId: string,
  { hours, rows, rollUp }: StaleProfiles,
): Promise<void> {
  if (!(await holdBinSet(client, modelId, binSetId))) return;
  const held = new Set(await holdStale(client, modelId, hours));
  const written = rows.filter((row) => held.has(row.start));
  await replaceProfiles(client, modelId, binSetId, 'hour', [...held], written);
  for (const day of new Set([...held].map((hour) => Math.floor(hour / dayMs) * dayMs))) {
    const ofDay = await client.query<ProfileRow>(selectProfiles('body'), [
      modelId,
      binSetId,
      'hour',
      day,
      day + dayMs,
    ]);
    await replaceProfiles(client, modelId, binSetId, 'day', [day], rollUp(ofDay.rows));
  }
  await forgetMonths(client, modelId, binSetId, [...held]);
}

/** See `ProfileStore.mergeMonth`. Whoever writes days of the month meanwhile waits, and deletes what is written here. */
export async function mergeMonth(
  client: PoolClient,
  { modelId, binSetId, start, end }: UnmergedMonth,
  rollUp: (days: ProfileRow[]) => ProfileRow[],
): Promise<void> {
  if (!(await holdBinSet(client, modelId, binSetId))) return;
  const days = await client.query<ProfileRow>(selectProfiles('body'), [modelId, binSetId, 'day', start, end]);
  await replaceProfiles(client, modelId, binSetId, 'month', [start], rollUp(days.rows));
}
