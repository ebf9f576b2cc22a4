import type { PoolClient } from 'pg';
import type { IncomingEvent, StoreOutcome } from './incoming-batch.ts';

/** Inserts events whose id is new; tells the others apart by their hash. `events` are sorted by id, ids unique. */
export async function insertEvents(
  client: PoolClient,
  modelId: string,
  seq: string,
  events: IncomingEvent[],
): Promise<StoreOutcome> {
  if (events.length === 0) return { inserted: 0, duplicates: [], conflicts: [] };
  const ids = events.map(({ event }) => event.prediction_id);
  const hashes = events.map(({ hash }) => hash);
  const { rows } = await client.query<{ prediction_id: string }>(
    `INSERT INTO event (model_id, batch_seq, prediction_id, predicted_at, environment, model_version, content_hash, body)
     SELECT $1, $2, id, to_timestamp(ms / 1000), environment, version, hash, body::jsonb
     FROM unnest($3::text[], $4::float8[], $5::text[], $6::text[], $7::bytea[], $8::text[])
       AS row (id, ms, environment, version, hash, body)
     ON CONFLICT DO NOTHING
     RETURNING prediction_id`,
    [
      modelId,
      seq,
      ids,
      events.map(({ event }) => event.prediction_ms),
      events.map(({ event }) => event.environment),
      events.map(({ event }) => event.model_version),
      hashes,
      events.map(({ event }) => JSON.stringify(event)),
    ],
  );
  if (rows.length === events.length) return { inserted: rows.length, duplicates: [], conflicts: [] };
  const inserted = new Set(rows.map((row) => row.prediction_id));
  const known = events.filter(({ event }) => !inserted.has(event.prediction_id));
  const compared = await client.query<{ prediction_id: string; equal: boolean }>(
    `SELECT prediction_id, content_hash = hash AS equal
     FROM unnest($2::text[], $3::bytea[]) AS row (id, hash)
     JOIN event ON model_id = $1 AND prediction_id = id`,
    [modelId, known.map(({ event }) => event.prediction_id), known.map(({ hash }) => hash)],
  );
  const ofKind = (equal: boolean) =>
    compared.rows.filter((row) => row.equal === equal).map((row) => row.prediction_id);
  return { inserted: rows.length, duplicates: ofKind(true), conflicts: ofKind(false) };
}
