import type { Pool } from 'pg';
import type { IncomingBatch, StoreResult } from './incoming-batch.ts';
import { modelGone } from './stale-model-error.ts';

/** Whether a batch is nothing but events of known versions, as {@link storeFew} takes it. */
export function isPlain(batch: IncomingBatch, versions: ReadonlySet<string>): boolean {
  return (
    batch.events.length > 0 &&
    batch.actuals.length === 0 &&
    batch.quarantine.length === 0 &&
    !batch.idempotency &&
    !batch.isReplay &&
    batch.events.every(({ event }) => versions.has(event.model_version))
  );
}

/**
 * Stores a plain batch in one statement, a transaction by itself: a single event waits for one answer of Postgres
 * instead of six. The statement is named, so that a connection plans it once: planning cost several times the writing.
 * @throws unique violation (23505) when one of the ids is stored already; nothing is stored then
 * @throws UnknownModelError | StaleModelError when the model was deleted or changed meanwhile
 */
export async function storeFew(pool: Pool, batch: IncomingBatch): Promise<StoreResult> {
  const events = batch.events.toSorted((a, b) => (a.event.prediction_id < b.event.prediction_id ? -1 : 1));
  const { rowCount } = await pool.query({
    name: 'store few events',
    text: `WITH batch AS (
       INSERT INTO ingest_batch (model_id, id, events, actuals, accepted, rejected)
       SELECT id, $2, $3, 0, $3, 0 FROM (
         SELECT id FROM model WHERE id = $1 AND ($9::int IS NULL OR revision = $9) FOR KEY SHARE
       ) model
       RETURNING seq
     )
     INSERT INTO event (model_id, batch_seq, prediction_id, predicted_at, environment, model_version, body)
     SELECT $1, seq, row.id, to_timestamp(ms / 1000), environment, version, body::jsonb
     FROM batch, unnest($4::text[], $5::float8[], $6::text[], $7::text[], $8::text[])
       AS row (id, ms, environment, version, body)`,
    values: [
      batch.modelId,
      batch.batchId,
      events.length,
      events.map(({ event }) => event.prediction_id),
      events.map(({ event }) => event.prediction_ms),
      events.map(({ event }) => event.environment),
      events.map(({ event }) => event.model_version),
      events.map(({ body }) => body),
      batch.ifRevision ?? null,
    ],
  });
  if (rowCount === 0) throw modelGone(batch);
  const { status, body } = batch.answer({ inserted: events.length, duplicates: [], conflicts: [] });
  return { kind: 'stored', status, body, pending: true };
}
