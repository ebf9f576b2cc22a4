import type { ClientBase } from 'pg';

/** Tables without a foreign key to `model`. */
const distributed = [
  'event',
  'actual',
  'ingest_batch',
  'quarantine',
  'import',
  'idempotency',
  'part',
  'reference',
  'bin_set',
  'profile',
  'stale_hour',
  'metric_point',
  'schema_change',
  'expectation_suite',
  'multivariate_window',
  'loss_estimator',
] as const;

/** Runs inside the caller's transaction. Writers hold the model row, so that none adds rows after they were deleted. */
export async function removeModel(
  client: ClientBase,
  projectId: string,
  slug: string,
): Promise<{ modelId: string } | null> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM model WHERE project_id = $1 AND slug = $2 FOR UPDATE',
    [projectId, slug],
  );
  const modelId = rows[0]?.id;
  if (!modelId) return null;
  for (const table of distributed) {
    await client.query(`DELETE FROM ${table} WHERE model_id = $1`, [modelId]);
  }
  await client.query('DELETE FROM model WHERE id = $1', [modelId]);
  return { modelId };
}
