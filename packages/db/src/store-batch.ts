import type { StoredActual } from '@plumbline/contracts';
import { failPoint } from '@plumbline/fail-point';
import type { PoolClient } from 'pg';
import { claimKey } from './claim-key.ts';
import type { IncomingBatch, IncomingEvent, StoreOutcome, StoreResult } from './incoming-batch.ts';
import { insertActuals } from './insert-actuals.ts';
import type { insertEvents } from './insert-events.ts';
import { modelGone } from './stale-model-error.ts';

const byId = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Writers that meet the same ids in the same order wait for each other and never deadlock. */
const sortedEvents = (events: IncomingEvent[]) =>
  events.toSorted((a, b) => byId(a.event.prediction_id, b.event.prediction_id));
const sortedActuals = (actuals: StoredActual[]) =>
  actuals.toSorted((a, b) => byId(a.prediction_id, b.prediction_id));

/** Takes the batch's number and keeps the model from being deleted until the transaction ends. */
async function numberBatch(client: PoolClient, batch: IncomingBatch): Promise<string> {
  const { rows } = await client.query<{ seq: string }>(
    `SELECT nextval(pg_get_serial_sequence('ingest_batch', 'seq')) AS seq
     FROM (SELECT FROM model WHERE id = $1 AND ($2::int IS NULL OR revision = $2) FOR KEY SHARE) model`,
    [batch.modelId, batch.ifRevision ?? null],
  );
  const seq = rows[0]?.seq;
  if (seq === undefined) throw modelGone(batch);
  return seq;
}

export interface BatchWriting {
  write: typeof insertEvents;
  /** Versions known to be stored. */
  versions: ReadonlySet<string>;
}

/** Stores one batch inside the caller's transaction; see `EventStore.store`. Tells the versions it stored. */
export async function storeBatch(
  client: PoolClient,
  batch: IncomingBatch,
  { write, versions }: BatchWriting,
): Promise<{ result: StoreResult; newVersions: string[] }> {
  if (batch.idempotency) {
    const answered = await claimKey(client, batch.modelId, batch.idempotency);
    if (answered) return { result: answered, newVersions: [] };
  }
  const seq = await numberBatch(client, batch);
  const events = await write(client, batch.modelId, seq, sortedEvents(batch.events));
  const conflicting = new Set(events.conflicts);
  const known = new Set([...events.conflicts, ...events.duplicates]);
  const actuals = await insertActuals(
    client,
    batch.modelId,
    seq,
    sortedActuals(batch.actuals.filter((actual) => !conflicting.has(actual.prediction_id))),
  );
  const newVersions = new Set<string>();
  for (const { event } of batch.events) {
    if (!versions.has(event.model_version) && !known.has(event.prediction_id))
      newVersions.add(event.model_version);
  }
  await insertVersions(client, batch.modelId, [...newVersions]);
  await insertQuarantine(client, batch);
  const pending = events.inserted + actuals.inserted > 0;
  const outcome: StoreOutcome = batch.kind === 'events' ? events : { ...actuals, conflicts: [] };
  const counted = batch.isReplay
    ? { accepted: 0, rejected: 0 }
    : { accepted: outcome.inserted, rejected: batch.quarantine.length + outcome.conflicts.length };
  if (pending || counted.rejected > 0) {
    await client.query(
      `INSERT INTO ingest_batch (model_id, seq, id, events, actuals, accepted, rejected, mirrored_at)
       OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $8 THEN NULL ELSE now() END)`,
      [
        batch.modelId,
        seq,
        batch.batchId,
        events.inserted,
        actuals.inserted,
        counted.accepted,
        counted.rejected,
        pending,
      ],
    );
  }
  const { status, body } = batch.answer(outcome);
  if (batch.idempotency) {
    await client.query(
      'INSERT INTO idempotency (model_id, key, body_hash, status, answer) VALUES ($1, $2, $3, $4, $5)',
      [batch.modelId, batch.idempotency.key, batch.idempotency.bodyHash, status, JSON.stringify(body)],
    );
  }
  failPoint('store:before-commit');
  return { result: { kind: 'stored', status, body, pending }, newVersions: [...newVersions] };
}

async function insertVersions(client: PoolClient, modelId: string, versions: string[]): Promise<void> {
  if (versions.length === 0) return;
  await client.query(
    `INSERT INTO model_version (model_id, version)
     SELECT $1, version FROM unnest($2::text[]) AS version
     WHERE NOT EXISTS (SELECT FROM model_version known WHERE known.model_id = $1 AND known.version = version.version)
     ON CONFLICT DO NOTHING`,
    [modelId, versions.toSorted(byId)],
  );
}

async function insertQuarantine(client: PoolClient, batch: IncomingBatch): Promise<void> {
  const { quarantine } = batch;
  if (quarantine.length === 0) return;
  await client.query(
    `INSERT INTO quarantine (model_id, batch_id, kind, envelope_version, envelope_environment,
                             row_index, prediction_id, code, pointer, detail, body)
     SELECT $1, $2, $3, $4, $5, row.* FROM
       unnest($6::int[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[]) AS row`,
    [
      batch.modelId,
      batch.batchId,
      batch.kind,
      batch.envelope?.modelVersion ?? null,
      batch.envelope?.environment ?? null,
      quarantine.map((row) => row.index),
      quarantine.map((row) => row.prediction_id),
      quarantine.map((row) => row.code),
      quarantine.map((row) => row.pointer),
      quarantine.map((row) => row.detail),
      quarantine.map((row) => row.body),
    ],
  );
}
