import type { BinSet, Profile } from '@plumbline/contracts';
import type { ClientBase } from 'pg';

export interface ReferenceRecord {
  id: string;
  source: 'upload' | 'range';
  rows: number;
  /** Prediction time of the first and the last row, epoch ms; null when the rows have no times. */
  minMs: number | null;
  maxMs: number | null;
  createdAt: Date;
}

export interface BinSetRecord {
  id: string;
  modelId: string;
  body: BinSet;
  /** The whole reference on these bins. */
  referenceProfile: Profile | null;
  reference: ReferenceRecord | null;
}

interface Row {
  id: string;
  body: BinSet;
  reference_profile: Profile | null;
  reference_id: string | null;
  source: ReferenceRecord['source'];
  rows: number;
  min_ms: number | null;
  max_ms: number | null;
  created_at: Date;
}

export async function activeBinSet(
  client: Pick<ClientBase, 'query'>,
  modelId: string,
): Promise<BinSetRecord | null> {
  const { rows } = await client.query<Row>(
    `SELECT b.id, b.body, b.reference_profile, r.id AS reference_id, r.source, r.rows,
            floor(extract(epoch FROM r.min_at) * 1000)::float8 AS min_ms,
            floor(extract(epoch FROM r.max_at) * 1000)::float8 AS max_ms, r.created_at
     FROM bin_set b LEFT JOIN reference r ON r.model_id = b.model_id AND r.id = b.reference_id
     WHERE b.model_id = $1 AND b.active`,
    [modelId],
  );
  const row = rows[0];
  if (!row) return null;
  const reference = row.reference_id && {
    id: row.reference_id,
    source: row.source,
    rows: row.rows,
    minMs: row.min_ms,
    maxMs: row.max_ms,
    createdAt: row.created_at,
  };
  return {
    id: row.id,
    modelId,
    body: row.body,
    referenceProfile: row.reference_profile,
    reference: reference || null,
  };
}
