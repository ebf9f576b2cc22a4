import { randomUUID } from 'node:crypto';
import { type BinSet, type Environment, type Profile, profileFormat } from '@plumbline/contracts';
import type { Pool, PoolClient } from 'pg';
import { activeBinSet, type BinSetRecord, type ReferenceRecord } from './bin-set.ts';
import { markOutdated, outdatedReferences, renewReferenceProfile } from './outdated-profiles.ts';
import type { NewPart } from './part.ts';
import { replaceBins, setReference } from './set-reference.ts';
import { clearStale, holdStale, type StaleHour, staleHours } from './stale-hours.ts';
import { transaction } from './transaction.ts';
import { UnknownModelError } from './unknown-model-error.ts';

/** `start` is epoch ms, UTC hour or day. */
export interface ProfileRow {
  start: number;
  version: string;
  environment: string;
  profile: Profile;
}

type Grain = 'hour' | 'day';

/** Hours that became stale with the bin set or since, of which `profiled` are done; `endedAt` null: not all yet. */
export interface Recomputation {
  startedAt: Date;
  endedAt: Date | null;
  hours: number;
  profiled: number;
}

interface StaleProfiles {
  /** As read before the parts that `rows` are made of. */
  hours: StaleHour[];
  /** Profiles of these hours. */
  rows: ProfileRow[];
  /** Makes the profiles of a day from those of its hours. Called inside the transaction. */
  rollUp(hours: ProfileRow[]): ProfileRow[];
}

export interface ProfileStore {
  /**
   * The active bin set; the first call for a model without one makes the column-less one.
   * @throws UnknownModelError
   */
  binSet(modelId: string): Promise<BinSetRecord>;
  /**
   * Makes `reference` and its bin set active, its parts live, the previous reference's parts replaced, every hour that
   * has a profile on the old bin set stale; one transaction. The old profiles are deleted.
   * @throws UnknownModelError
   */
  setReference(
    modelId: string,
    reference: Omit<ReferenceRecord, 'createdAt'>,
    parts: NewPart[],
    binSet: BinSet,
    profile: Profile,
  ): Promise<BinSetRecord>;
  /**
   * Makes new bins of the same reference active, and every hour stale, as `setReference` does. Does nothing when the bin
   * set is no longer the active one. @throws UnknownModelError
   */
  replaceBins(modelId: string, binSetId: string, binSet: BinSet, profile: Profile): Promise<void>;
  /** Models with a feature whose kind was changed since bins were made of their reference. */
  modelsWithOtherKinds(): Promise<string[]>;
  /** How far the hours are recomputed on the active bin set. */
  recomputation(modelId: string): Promise<Recomputation>;
  /** Hours whose profiles must be recomputed or judged, oldest first. */
  staleHours(modelId: string, limit: number): Promise<StaleHour[]>;
  /**
   * Forgets stale hours that were not marked again since they were read. Call when their profiles are written and judged.
   * When none is left to profile, the history counts as recomputed on the active bin set.
   */
  clearStale(modelId: string, hours: StaleHour[]): Promise<void>;
  /** Models that have stale hours. */
  modelsWithStaleHours(): Promise<string[]>;
  /**
   * Replaces the profiles of hours that are still stale as they were read, and those of their days, in one transaction. An
   * hour that was marked again or cleared meanwhile stays as it is: whoever did that knows newer parts than `rows` are made
   * of. Does nothing when the bin set is no longer the active one.
   */
  writeStale(modelId: string, binSetId: string, profiles: StaleProfiles): Promise<void>;
  /**
   * Profiles of the slots that start in [fromMs, toMs), in order of time; with `columns`, of those columns alone. Of what
   * they are read `without` they hold nothing.
   */
  read(
    modelId: string,
    binSetId: string,
    grain: Grain,
    fromMs: number,
    toMs: number,
    only?: {
      version?: string;
      environment?: Environment;
      columns?: readonly string[];
      without?: readonly ('performance' | 'attributions')[];
    },
  ): Promise<ProfileRow[]>;
  /** Models whose reference has a profile of an older format. */
  outdatedReferences(): Promise<string[]>;
  /** Replaces the profile of the reference. Does nothing when the bin set is no longer the active one. */
  renewReferenceProfile(modelId: string, binSetId: string, profile: Profile): Promise<void>;
  /** Makes the newest `limit` hours of each model with profiles of an older format stale; models with stale hours wait. */
  markOutdated(limit: number): Promise<void>;
  /** Oldest and newest hour with a profile (start of each). */
  extent(modelId: string, binSetId: string): Promise<{ minMs: number; maxMs: number } | null>;
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

const selectProfiles = (
  body: string,
) => `SELECT (extract(epoch FROM start_at) * 1000)::float8 AS start, version, environment, ${body} AS profile
  FROM profile
  WHERE model_id = $1 AND bin_set_id = $2 AND grain = $3
    AND start_at >= to_timestamp($4::float8 / 1000) AND start_at < to_timestamp($5::float8 / 1000)`;

/** The body less the sections of $8; to add to it here would be to walk all of it. */
const bodyWithout = 'body - $8::text[]';

/**
 * Cuts profiles to the columns of $9. Their bodies are made anew inside, so that each is decompressed once and not thrice,
 * and sorted outside, when they are small.
 */
const withColumns = (select: string) => `SELECT start, version, environment,
    profile - array_append($8::text[], 'columns') || jsonb_build_object('columns', (
      SELECT coalesce(jsonb_object_agg(key, value) FILTER (WHERE value IS NOT NULL), '{}')
      FROM (SELECT key, profile #> ARRAY['columns', key] AS value FROM unnest($9::text[]) AS key OFFSET 0) found
    )) AS profile
  FROM (${select} OFFSET 0) whole`;

/** A kind whose values are not binned has no column; so has one that was without values when the bins were made. */
const selectOtherKinds = `SELECT DISTINCT b.model_id FROM bin_set b JOIN feature f USING (model_id)
  LEFT JOIN LATERAL (
    SELECT c ->> 'kind' AS kind FROM jsonb_array_elements(b.body -> 'columns') c
    WHERE c ->> 'column' = 'features.' || f.name
  ) bins ON true
  WHERE b.active AND b.reference_id IS NOT NULL AND (bins.kind <> f.kind OR bins.kind IS NULL AND EXISTS (
    SELECT FROM schema_change s
    WHERE s.model_id = b.model_id AND s.feature = f.name AND s.kind = 'edited' AND s.at > b.created_at
  ))`;

const selectRecomputation = `SELECT b.created_at AS "startedAt", b.recomputed_at AS "endedAt",
    count(s.start_at)::int AS hours, (count(s.start_at) FILTER (WHERE s.profiled))::int AS profiled
  FROM bin_set b LEFT JOIN stale_hour s USING (model_id)
  WHERE b.model_id = $1 AND b.active GROUP BY b.model_id, b.id`;

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
async function writeStale(
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
}

export function createProfileStore(pool: Pool): ProfileStore {
  return {
    async binSet(modelId) {
      const active = await activeBinSet(pool, modelId);
      if (active) return active;
      await pool.query(
        `INSERT INTO bin_set (model_id, id, body)
         SELECT id, $2, '{"columns": []}' FROM (SELECT id FROM model WHERE id = $1 FOR KEY SHARE) model
         ON CONFLICT (model_id) WHERE active DO NOTHING`,
        [modelId, randomUUID()],
      );
      const made = await activeBinSet(pool, modelId);
      if (!made) throw new UnknownModelError(modelId);
      return made;
    },

    setReference: (modelId, reference, parts, binSet, profile) =>
      transaction(pool, (client) => setReference(client, modelId, reference, parts, binSet, profile)),

    replaceBins: (modelId, binSetId, binSet, profile) =>
      transaction(pool, (client) => replaceBins(client, modelId, binSetId, binSet, profile)),

    async modelsWithOtherKinds() {
      const { rows } = await pool.query<{ model_id: string }>(selectOtherKinds);
      return rows.map((row) => row.model_id);
    },

    async recomputation(modelId) {
      const { rows } = await pool.query<Recomputation>(selectRecomputation, [modelId]);
      const [row] = rows;
      if (!row) throw new UnknownModelError(modelId);
      return row;
    },

    staleHours: (modelId, limit) => staleHours(pool, modelId, limit),

    async clearStale(modelId, hours) {
      await transaction(pool, (client) => clearStale(client, modelId, hours));
      await pool.query(
        `UPDATE bin_set SET recomputed_at = now() WHERE model_id = $1 AND active AND recomputed_at IS NULL
           AND NOT EXISTS (SELECT FROM stale_hour WHERE model_id = $1 AND NOT profiled)`,
        [modelId],
      );
    },

    async modelsWithStaleHours() {
      const { rows } = await pool.query<{ model_id: string }>('SELECT DISTINCT model_id FROM stale_hour');
      return rows.map((row) => row.model_id);
    },

    writeStale: (modelId, binSetId, profiles) =>
      transaction(pool, (client) => writeStale(client, modelId, binSetId, profiles)),

    async read(modelId, binSetId, grain, fromMs, toMs, only = {}) {
      const { without = [], columns } = only;
      const isWhole = without.length === 0 && !columns;
      const select = `${selectProfiles(columns ? "body || '{}'" : isWhole ? 'body' : bodyWithout)}
        AND ($6::text IS NULL OR version = $6) AND ($7::text IS NULL OR environment = $7)`;
      const order = 'ORDER BY start, environment, version';
      const values = [modelId, binSetId, grain, fromMs, toMs, only.version ?? null, only.environment ?? null];
      const { rows } = columns
        ? await pool.query<ProfileRow>(`${withColumns(select)} ${order}`, [...values, without, columns])
        : await pool.query<ProfileRow>(`${select} ${order}`, isWhole ? values : [...values, without]);
      // Without its section the stored body is short of what the type promises.
      for (const { profile } of rows) profile.performance ??= { labelled: 0 };
      return rows;
    },

    outdatedReferences: () => outdatedReferences(pool),

    renewReferenceProfile: (modelId, binSetId, profile) =>
      renewReferenceProfile(pool, modelId, binSetId, profile),

    markOutdated: (limit) => markOutdated(pool, limit),

    async extent(modelId, binSetId) {
      const { rows } = await pool.query<{ min: number | null; max: number | null }>(
        `SELECT (extract(epoch FROM min(start_at)) * 1000)::float8 AS min,
                (extract(epoch FROM max(start_at)) * 1000)::float8 AS max
         FROM profile WHERE model_id = $1 AND bin_set_id = $2 AND grain = 'hour'`,
        [modelId, binSetId],
      );
      const { min, max } = rows[0] ?? { min: null, max: null };
      return min === null || max === null ? null : { minMs: min, maxMs: max };
    },
  };
}
