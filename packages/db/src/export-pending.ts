import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { rowFileFormat } from '@plumbline/contracts';
import type { ClientBase } from 'pg';
import { to } from 'pg-copy-streams';
import { isUuid } from './uuid.ts';

/**
 * Rows handed to the part writer as two files in {@link rowFileFormat}, times in epoch ms:
 * events: prediction_id, predicted_ms, received_ms, environment, model_version, actual_label, actual_score, actual_ms, actual_seq, body (JSON of StoredEvent)
 * actuals: prediction_id, predicted_ms, actual_label, actual_score, actual_ms, actual_seq
 * Actuals whose event is not stored yet are left out: the event brings them along when it comes.
 */
export interface PendingRows {
  eventsCsv: string;
  events: number;
  actualsCsv: string;
  actuals: number;
}

export interface PendingExport extends PendingRows {
  /** `seq` of the exported batches. */
  batches: string[];
  /** Batches were left over. */
  remaining: boolean;
}

const format = `FORMAT csv, DELIMITER '${rowFileFormat.delimiter}', QUOTE '${rowFileFormat.quote}'`;

const ms = (column: string) => `floor(extract(epoch FROM ${column}) * 1000)::bigint`;

async function copyTo(client: ClientBase, query: string, path: string): Promise<number> {
  const rows = client.query(to(`COPY (${query}) TO STDOUT WITH (${format})`));
  await pipeline(rows, createWriteStream(path));
  return rows.rowCount;
}

/**
 * Exports whole pending batches, oldest first, until `maxRows`, but at least one. All is read from one snapshot, so
 * an actual that is left out because its event is not there will be seen by the export of that event, and an
 * event that is exported here has no actual committed before it that is not exported with it.
 */
export async function exportPending(
  client: ClientBase,
  modelId: string,
  { maxRows, directory }: { maxRows: number; directory: string },
): Promise<PendingExport> {
  if (!isUuid(modelId)) throw new TypeError(`not a model id: ${modelId}`);
  const eventsCsv = join(directory, 'events.csv');
  const actualsCsv = join(directory, 'actuals.csv');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const { rows } = await client.query<{ seq: string; chosen: boolean }>(
      `SELECT seq, sum(events + actuals) OVER (ORDER BY seq) <= $2 OR row_number() OVER (ORDER BY seq) = 1 AS chosen
       FROM ingest_batch WHERE model_id = $1 AND mirrored_at IS NULL ORDER BY seq`,
      [modelId, maxRows],
    );
    const batches = rows.filter((row) => row.chosen).map((row) => row.seq);
    const last = batches.at(-1);
    if (last === undefined) {
      return { eventsCsv, events: 0, actualsCsv, actuals: 0, batches, remaining: false };
    }
    // COPY takes no parameters: the id is a checked uuid, the number came from Postgres.
    const chosen = (batch: string) =>
      `${batch}.model_id = '${modelId}' AND ${batch}.mirrored_at IS NULL AND ${batch}.seq <= ${last}`;
    const events = await copyTo(
      client,
      `SELECT e.prediction_id, ${ms('e.predicted_at')}, ${ms('e.received_at')}, e.environment, e.model_version,
              a.actual_label, a.actual_score, ${ms('a.actual_at')}, a.batch_seq, e.body
       FROM ingest_batch b
       JOIN event e ON e.model_id = b.model_id AND e.batch_seq = b.seq
       LEFT JOIN LATERAL (
         SELECT * FROM actual WHERE actual.model_id = e.model_id AND actual.prediction_id = e.prediction_id
         ORDER BY actual_at DESC NULLS LAST, batch_seq DESC LIMIT 1
       ) a ON true
       WHERE ${chosen('b')}`,
      eventsCsv,
    );
    const actuals = await copyTo(
      client,
      `SELECT a.prediction_id, ${ms('e.predicted_at')}, a.actual_label, a.actual_score, ${ms('a.actual_at')}, a.batch_seq
       FROM ingest_batch b
       JOIN actual a ON a.model_id = b.model_id AND a.batch_seq = b.seq
       JOIN event e ON e.model_id = a.model_id AND e.prediction_id = a.prediction_id
       WHERE ${chosen('b')} AND NOT EXISTS (
         SELECT FROM ingest_batch own WHERE own.model_id = e.model_id AND own.seq = e.batch_seq AND ${chosen('own')}
       )`,
      actualsCsv,
    );
    return { eventsCsv, events, actualsCsv, actuals, batches, remaining: batches.length < rows.length };
  } finally {
    await client.query('ROLLBACK');
  }
}
