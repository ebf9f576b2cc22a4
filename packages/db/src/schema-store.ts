import type { SchemaChangeKind } from '@plumbline/contracts';
import type { Pool } from 'pg';
import { transaction } from './transaction.ts';

export interface SchemaChangeRecord {
  /** Grows with time. */
  id: string;
  at: Date;
  feature: string;
  kind: SchemaChangeKind;
  from: string | null;
  to: string | null;
  n: number;
  modelVersion: string | null;
}

/** A change to put on record, unless the feature has changed since: `after` is the id of its latest change, null without one. */
export type NewSchemaChange = Omit<SchemaChangeRecord, 'id'> & { after: string | null };

/** Features of a stored row. */
export interface FeatureRow {
  predictedMs: number;
  version: string;
  features: Record<string, number | string | boolean | null>;
}

/** Rows refused because a feature was of another type. */
export interface RefusedFeature {
  /** JSON pointer of the feature in its row. */
  field: string;
  n: number;
  /** Of the newest row. */
  detail: string;
}

export interface SchemaStore {
  /** Newest first. */
  changes(modelId: string, page: { limit: number; before?: string }): Promise<SchemaChangeRecord[]>;
  /** The latest change of every feature that has one. */
  latest(modelId: string): Promise<SchemaChangeRecord[]>;
  /** Adds what is still true of its feature; tells how many were added. The same call again adds nothing. */
  record(modelId: string, changes: NewSchemaChange[]): Promise<number>;
  /** When the model learned of each feature, by name. */
  firstSeen(modelId: string): Promise<Map<string, Date>>;
  /** The production rows stored last, newest first. */
  newestRows(modelId: string, limit: number): Promise<FeatureRow[]>;
  /** Rows received since that were refused for the type of a feature, whatever became of them. */
  refusedFeatures(modelId: string, since: Date): Promise<RefusedFeature[]>;
}

const columns = `id, at, feature, kind, from_kind AS "from", to_kind AS "to", n, model_version AS "modelVersion"`;

export function createSchemaStore(pool: Pool): SchemaStore {
  return {
    async changes(modelId, { limit, before }) {
      const { rows } = await pool.query<SchemaChangeRecord>(
        `SELECT ${columns} FROM schema_change
         WHERE model_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
        [modelId, before ?? null, limit],
      );
      return rows;
    },

    async latest(modelId) {
      const { rows } = await pool.query<SchemaChangeRecord>(
        `SELECT DISTINCT ON (feature) ${columns} FROM schema_change WHERE model_id = $1 ORDER BY feature, id DESC`,
        [modelId],
      );
      return rows;
    },

    record: (modelId, changes) =>
      transaction(pool, async (client) => {
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
          `schema_change:${modelId}`,
        ]);
        const { rowCount } = await client.query(
          `INSERT INTO schema_change (model_id, at, feature, kind, from_kind, to_kind, n, model_version)
           SELECT m.id, c.at, c.feature, c.kind, c.from_kind, c.to_kind, c.n, c.version
           FROM (SELECT id FROM model WHERE id = $1 FOR KEY SHARE) m,
             unnest($2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[], $9::bigint[])
               AS c (at, feature, kind, from_kind, to_kind, n, version, after)
           WHERE (SELECT max(id) FROM schema_change known WHERE known.model_id = m.id AND known.feature = c.feature)
             IS NOT DISTINCT FROM c.after`,
          [
            modelId,
            changes.map(({ at }) => at),
            changes.map(({ feature }) => feature),
            changes.map(({ kind }) => kind),
            changes.map(({ from }) => from),
            changes.map(({ to }) => to),
            changes.map(({ n }) => n),
            changes.map(({ modelVersion }) => modelVersion),
            changes.map(({ after }) => after),
          ],
        );
        return rowCount ?? 0;
      }),

    async firstSeen(modelId) {
      const { rows } = await pool.query<{ name: string; created_at: Date }>(
        'SELECT name, created_at FROM feature WHERE model_id = $1',
        [modelId],
      );
      return new Map(rows.map((row) => [row.name, row.created_at]));
    },

    async newestRows(modelId, limit) {
      const { rows } = await pool.query<FeatureRow>(
        `SELECT (extract(epoch FROM predicted_at) * 1000)::float8 AS "predictedMs", model_version AS version,
                coalesce(body -> 'features', '{}') AS features
         FROM event WHERE model_id = $1 AND environment = 'production' ORDER BY batch_seq DESC LIMIT $2`,
        [modelId, limit],
      );
      return rows;
    },

    async refusedFeatures(modelId, since) {
      const { rows } = await pool.query<RefusedFeature>(
        `SELECT field, count(*)::int AS n, (array_agg(detail ORDER BY id DESC))[1] AS detail
         FROM quarantine
         WHERE model_id = $1 AND received_at >= $2 AND kind = 'events' AND code = 'type_mismatch'
           AND field LIKE '/features/%'
         GROUP BY field`,
        [modelId, since],
      );
      return rows;
    },
  };
}
