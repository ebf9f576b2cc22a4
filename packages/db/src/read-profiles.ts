import type { Environment } from '@plumbline/contracts';
import type { Pool } from 'pg';
import type { Grain, ProfileRow } from './profile-row.ts';
import { selectProfiles } from './select-profiles.ts';

/** What is read of profiles; all of them, and all of each, unless told. */
export interface ProfileCut {
  version?: string;
  environment?: Environment;
  columns?: readonly string[];
  without?: readonly ('performance' | 'attributions')[];
}

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

/** See `ProfileStore.read`. */
export async function readProfiles(
  pool: Pool,
  modelId: string,
  binSetId: string,
  grain: Grain,
  range: ProfileCut & { fromMs: number; toMs: number },
): Promise<ProfileRow[]> {
  const { fromMs, toMs, without = [], columns, version = null, environment = null } = range;
  const isWhole = without.length === 0 && !columns;
  const select = `${selectProfiles(columns ? "body || '{}'" : isWhole ? 'body' : bodyWithout)}
    AND ($6::text IS NULL OR version = $6) AND ($7::text IS NULL OR environment = $7)`;
  const order = 'ORDER BY start, environment, version';
  const values = [modelId, binSetId, grain, fromMs, toMs, version, environment];
  const { rows } = columns
    ? await pool.query<ProfileRow>(`${withColumns(select)} ${order}`, [...values, without, columns])
    : await pool.query<ProfileRow>(`${select} ${order}`, isWhole ? values : [...values, without]);
  // Without its section the stored body is short of what the type promises.
  for (const { profile } of rows) profile.performance ??= { labelled: 0 };
  return rows;
}
