import type { StoredActual } from '@plumbline/contracts';
import type { PoolClient } from 'pg';

/**
 * Appends actuals, but not one that equals the current actual of its id: a retry adds nothing. Writers of one model's
 * actuals wait for each other from here to the end of their transactions.
 * `actuals` are sorted by id, ids unique.
 */
export async function insertActuals(
  client: PoolClient,
  modelId: string,
  seq: string,
  actuals: StoredActual[],
): Promise<{ inserted: number; duplicates: string[] }> {
  if (actuals.length === 0) return { inserted: 0, duplicates: [] };
  // Two writers that do not see each other's rows would both take the same actual for new.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`actuals:${modelId}`]);
  const { rows } = await client.query<{ prediction_id: string }>(
    `INSERT INTO actual (model_id, batch_seq, prediction_id, actual_label, actual_score, actual_at)
     SELECT $1, $2, id, label, score, at
     FROM (
       SELECT id, label, score, to_timestamp(ms / 1000) AS at
       FROM unnest($3::text[], $4::text[], $5::float8[], $6::float8[]) AS row (id, label, score, ms)
     ) posted
     LEFT JOIN LATERAL (
       SELECT actual_label, actual_score, actual_at, true AS known FROM actual
       WHERE model_id = $1 AND prediction_id = posted.id
       ORDER BY actual_at DESC NULLS LAST, batch_seq DESC LIMIT 1
     ) latest ON true
     WHERE latest.known IS NULL
       OR (label, score, at) IS DISTINCT FROM (latest.actual_label, latest.actual_score, latest.actual_at)
     RETURNING prediction_id`,
    [
      modelId,
      seq,
      actuals.map((actual) => actual.prediction_id),
      actuals.map((actual) => actual.actual_label ?? null),
      actuals.map((actual) => actual.actual_score ?? null),
      actuals.map((actual) => actual.actual_ms ?? null),
    ],
  );
  const inserted = new Set(rows.map((row) => row.prediction_id));
  return {
    inserted: rows.length,
    duplicates: actuals.map((actual) => actual.prediction_id).filter((id) => !inserted.has(id)),
  };
}
