import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { IncomingEvent, StoreOutcome } from './incoming-batch.ts';

/** A value in COPY's text format. */
function field(text: string): string {
  if (!/[\\\t\n\r]/.test(text)) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

/**
 * Inserts events by COPY, which costs Postgres and this process a third less than an INSERT that looks for known ids.
 * `events` are sorted by id, ids unique.
 * @throws unique violation (23505) when one of the ids is stored already
 */
export async function copyEvents(
  client: PoolClient,
  modelId: string,
  seq: string,
  events: IncomingEvent[],
): Promise<StoreOutcome> {
  let text = '';
  for (const { event, body } of events) {
    const at = new Date(event.prediction_ms).toISOString();
    text += `${modelId}\t${seq}\t${field(event.prediction_id)}\t${at}\t${event.environment}\t${field(event.model_version)}\t${field(body)}\n`;
  }
  const stream = client.query(
    copyFrom(
      'COPY event (model_id, batch_seq, prediction_id, predicted_at, environment, model_version, body) FROM STDIN',
    ),
  );
  stream.end(text);
  await finished(stream);
  return { inserted: events.length, duplicates: [], conflicts: [] };
}
