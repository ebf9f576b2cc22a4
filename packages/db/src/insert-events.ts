import type { PoolClient } from 'pg';
import type { IncomingEvent, StoreOutcome } from './incoming-batch.ts';

/** What a stored body holds as content: without the fields that were worked out, and without their list. */
const content = (body: string) =>
  `${body} - 'derived' - ARRAY(SELECT jsonb_array_elements_text(${body} -> 'derived'))`;

/** Inserts events whose id is new; tells the others apart by their content. `events` are sorted by id, ids unique. */
export async function insertEvents(
  client: PoolClient,
  modelId: string,
  seq: string,
  events: IncomingEvent[],
): Promise<StoreOutcome> {
  if (events.length === 0) return { inserted: 0, duplicates: [], conflicts: [] };
  const { rows } = await client.query<{ prediction_id: string }>(
    `INSERT INTO event (model_id, batch_seq, prediction_id, predicted_at, environment, model_version, body)
     SELECT $1, $2, id, to_timestamp(ms / 1000), environment, version, body::jsonb
     FROM unnest($3::text[], $4::float8[], $5::text[], $6::text[], $7::text[])
       AS row (id, ms, environment, version, body)
     ON CONFLICT DO NOTHING
     RETURNING prediction_id`,
    [
      modelId,
      seq,
      events.map(({ event }) => event.prediction_id),
      events.map(({ event }) => event.prediction_ms),
      events.map(({ event }) => event.environment),
      events.map(({ event }) => event.model_version),
      events.map(({ body }) => body),
    ],
  );
  if (rows.length === events.length) return { inserted: rows.length, duplicates: [], conflicts: [] };
  const inserted = new Set(rows.map((row) => row.prediction_id));
  const known = events.filter(({ event }) => !inserted.has(event.prediction_id));
  const compared = await client.query<{ prediction_id: string; equal: boolean }>(
    `SELECT prediction_id, ${content('event.body')} = ${content('posted.body')} AS equal
     FROM (SELECT id, text::jsonb AS body FROM unnest($2::text[], $3::text[]) AS row (id, text)) posted
     JOIN event ON model_id = $1 AND prediction_id = id`,
    [modelId, known.map(({ event }) => event.prediction_id), known.map(({ body }) => body)],
  );
  const ofKind = (equal: boolean) =>
    compared.rows.filter((row) => row.equal === equal).map((row) => row.prediction_id);
  return { inserted: rows.length, duplicates: ofKind(true), conflicts: ofKind(false) };
}
