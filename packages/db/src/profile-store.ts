import { randomUUID } from 'node:crypto';
import type { BinSet, Profile } from '@plumbline/contracts';
import type { Pool } from 'pg';
import { activeBinSet, type BinSetRecord, type ReferenceRecord } from './bin-set.ts';
import { type UnmergedMonth, unmergedMonths } from './month-profiles.ts';
import { markOutdated, outdatedReferences, renewReferenceProfile } from './outdated-profiles.ts';
import type { NewPart } from './part.ts';
import type { Grain, ProfileRow } from './profile-row.ts';
import { type ProfileCut, readProfiles } from './read-profiles.ts';
import { replaceBins, setReference } from './set-reference.ts';
import { clearStale, type StaleHour, staleHours } from './stale-hours.ts';
import { transaction } from './transaction.ts';
import { UnknownModelError } from './unknown-model-error.ts';
import { mergeMonth, type StaleProfiles, writeStale } from './write-profiles.ts';

/** Hours that became stale with the bin set or since, of which `profiled` are done; `endedAt` null: not all yet. */
export interface Recomputation {
  startedAt: Date;
  endedAt: Date | null;
  hours: number;
  profiled: number;
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
   * Replaces the profiles of hours that are still stale as they were read, and those of their days, in one transaction; the
   * profiles of their months go. An hour that was marked again or cleared meanwhile stays as it is: whoever did that knows newer parts than `rows` are made
   * of. Does nothing when the bin set is no longer the active one.
   */
  writeStale(modelId: string, binSetId: string, profiles: StaleProfiles): Promise<void>;
  /** Months before that of the newest profiled day without a profile of their own, none of whose hours are stale. */
  unmergedMonths(): Promise<UnmergedMonth[]>;
  /** Makes the profiles of a month from those of its days. Does nothing when the bin set is no longer the active one. */
  mergeMonth(month: UnmergedMonth, rollUp: (days: ProfileRow[]) => ProfileRow[]): Promise<void>;
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
    only?: ProfileCut,
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

    unmergedMonths: () => unmergedMonths(pool),

    mergeMonth: (month, rollUp) => transaction(pool, (client) => mergeMonth(client, month, rollUp)),

    read: (modelId, binSetId, grain, fromMs, toMs, only = {}) =>
      readProfiles(pool, modelId, binSetId, grain, { fromMs, toMs, ...only }),

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
