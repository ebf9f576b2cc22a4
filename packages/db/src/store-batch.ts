import type { StoredActual } from '@plumbline/contracts';
import type { PoolClient } from 'pg';
import { claimKey } from './claim-key.ts';
import type { IncomingBatch, IncomingEvent, StoreOutcome, StoreResult } from './incoming-batch.ts';
import { insertActuals } from './insert-actuals.ts';
import { insertEvents } from './insert-events.ts';
import { requireModel } from './require-model.ts';

const byId = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Writers that meet the same ids in the same order wait for each other and never deadlock. */
const sortedEvents = (events: IncomingEvent[]) =>
  events.toSorted((a, b) => byId(a.event.prediction_id, b.event.prediction_id));
const sortedActuals = (actuals: StoredActual[]) =>
  actuals.toSorted((a, b) => byId(a.prediction_id, b.prediction_id));

/** Stores one batch inside the caller's transaction; see `EventStore.store`. */
export async function storeBatch(client: PoolClient, batch: IncomingBatch): Promise<StoreResult> {
  if (batch.idempotency) {
    const answered = await claimKey(client, batch.modelId, batch.idempotency);
    if (answered) return answered;
  }
  await requireModel(client, batch.modelId);
  const { rows } = await client.query<{ seq: string }>(
    "SELECT nextval(pg_get_serial_sequence('ingest_batch', 'seq')) AS seq",
  );
  const seq = rows[0]?.seq ?? '';
  const events = await insertEvents(client, batch.modelId, seq, sortedEvents(batch.events));
  const conflicting = new Set(events.conflicts);
  const known = new Set([...events.conflicts, ...events.duplicates]);
  const actuals = await insertActuals(
    client,
    batch.modelId,
    seq,
    sortedActuals(batch.actuals.filter((actual) => !conflicting.has(actual.prediction_id))),
  );
  await insertVersions(
    client,
    batch.modelId,
    batch.events.filter(({ event }) => !known.has(event.prediction_id)),
  );
  await insertQuarantine(client, batch);
  const pending = events.inserted + actuals.inserted > 0;
  if (pending) {
    await client.query(
      `INSERT INTO ingest_batch (model_id, seq, id, events, actuals) OVERRIDING SYSTEM VALUE
       VALUES ($1, $2, $3, $4, $5)`,
      [batch.modelId, seq, batch.batchId, events.inserted, actuals.inserted],
    );
  }
  const outcome: StoreOutcome = batch.kind === 'events' ? events : { ...actuals, conflicts: [] };
  const { status, body } = batch.answer(outcome);
  if (batch.idempotency) {
    await client.query(
      'INSERT INTO idempotency (model_id, key, body_hash, status, answer) VALUES ($1, $2, $3, $4, $5)',
      [batch.modelId, batch.idempotency.key, batch.idempotency.bodyHash, status, JSON.stringify(body)],
    );
  }
  return { kind: 'stored', status, body, pending };
}

async function insertVersions(client: PoolClient, modelId: string, events: IncomingEvent[]): Promise<void> {
  const versions = [...new Set(events.map(({ event }) => event.model_version))].sort(byId);
  if (versions.length === 0) return;
  await client.query(
    `INSERT INTO model_version (model_id, version)
     SELECT $1, version FROM unnest($2::text[]) AS version
     WHERE NOT EXISTS (SELECT FROM model_version known WHERE known.model_id = $1 AND known.version = version.version)
     ON CONFLICT DO NOTHING`,
    [modelId, versions],
  );
}

async function insertQuarantine(client: PoolClient, batch: IncomingBatch): Promise<void> {
  const { quarantine } = batch;
  if (quarantine.length === 0) return;
  await client.query(
    `INSERT INTO quarantine (model_id, batch_id, kind, row_index, prediction_id, code, pointer, detail, body)
     SELECT $1, $2, $3, row.* FROM
       unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) AS row`,
    [
      batch.modelId,
      batch.batchId,
      batch.kind,
      quarantine.map((row) => row.index),
      quarantine.map((row) => row.prediction_id),
      quarantine.map((row) => row.code),
      quarantine.map((row) => row.pointer),
      quarantine.map((row) => row.detail),
      quarantine.map((row) => row.body),
    ],
  );
}
