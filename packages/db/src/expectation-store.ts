import type { ListedExpectation } from '@plumbline/contracts';
import type { Pool } from 'pg';

/** One version of what is expected of a model's data. */
export interface SuiteRecord {
  version: number;
  createdAt: Date;
  createdBy: string;
  summary: string | null;
  expectations: ListedExpectation[];
}

export interface ExpectationStore {
  /** The newest version; null while there is none. */
  current(modelId: string): Promise<SuiteRecord | null>;
  /** Newest first; with `before` those older than that version. */
  versions(modelId: string, page: { limit: number; before?: number }): Promise<SuiteRecord[]>;
  /** The version after `basedOn` (0: the first one). Null when that is not the newest any more, or the model is gone. */
  add(
    modelId: string,
    suite: Omit<SuiteRecord, 'version' | 'createdAt'> & { basedOn: number },
  ): Promise<SuiteRecord | null>;
}

const columns = `version, created_at AS "createdAt", created_by AS "createdBy", summary, body AS expectations`;

export function createExpectationStore(pool: Pool): ExpectationStore {
  const versions: ExpectationStore['versions'] = async (modelId, { limit, before }) => {
    const { rows } = await pool.query<SuiteRecord>(
      `SELECT ${columns} FROM expectation_suite
       WHERE model_id = $1 AND ($2::int IS NULL OR version < $2) ORDER BY version DESC LIMIT $3`,
      [modelId, before ?? null, limit],
    );
    return rows;
  };
  return {
    versions,
    current: async (modelId) => (await versions(modelId, { limit: 1 }))[0] ?? null,

    // Two writers of one version meet in the primary key, and the second inserts nothing.
    async add(modelId, { basedOn, createdBy, summary, expectations }) {
      const { rows } = await pool.query<SuiteRecord>(
        `INSERT INTO expectation_suite (model_id, version, created_by, summary, body)
         SELECT held.id, $2::int + 1, $3, $4, $5 FROM (SELECT id FROM model WHERE id = $1 FOR KEY SHARE) held
         WHERE $2 = coalesce((SELECT max(version) FROM expectation_suite WHERE model_id = $1), 0)
         ON CONFLICT (model_id, version) DO NOTHING RETURNING ${columns}`,
        [modelId, basedOn, createdBy, summary, JSON.stringify(expectations)],
      );
      return rows[0] ?? null;
    },
  };
}
