import type { ClientBase } from 'pg';

export type PartKind = 'events' | 'actuals' | 'reference';

export interface PartRecord {
  id: string;
  modelId: string;
  kind: PartKind;
  referenceId: string | null;
  /** Relative to the part store's root. */
  path: string;
  rows: number;
  bytes: number;
  /** Prediction time of the first and the last row, epoch ms, both included. */
  minMs: number;
  maxMs: number;
  createdAt: Date;
}

export type NewPart = Omit<PartRecord, 'createdAt' | 'modelId' | 'referenceId'>;

/** Selects a `PartRecord` from `part`. */
export const partColumns = `id, model_id AS "modelId", kind, reference_id AS "referenceId", path, rows,
  bytes::float8 AS bytes, floor(extract(epoch FROM min_at) * 1000)::float8 AS "minMs",
  floor(extract(epoch FROM max_at) * 1000)::float8 AS "maxMs", created_at AS "createdAt"`;

export async function insertParts(
  client: ClientBase,
  modelId: string,
  parts: NewPart[],
  referenceId: string | null = null,
): Promise<void> {
  if (parts.length === 0) return;
  await client.query(
    `INSERT INTO part (model_id, reference_id, id, kind, path, rows, bytes, min_at, max_at)
     SELECT $1, $2::uuid, id, kind, path, rows, bytes, to_timestamp(min_ms / 1000), to_timestamp(max_ms / 1000)
     FROM unnest($3::uuid[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::float8[], $9::float8[])
       AS row (id, kind, path, rows, bytes, min_ms, max_ms)`,
    [
      modelId,
      referenceId,
      parts.map((part) => part.id),
      parts.map((part) => part.kind),
      parts.map((part) => part.path),
      parts.map((part) => part.rows),
      parts.map((part) => part.bytes),
      parts.map((part) => part.minMs),
      parts.map((part) => part.maxMs),
    ],
  );
}
