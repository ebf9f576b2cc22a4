import { randomUUID } from 'node:crypto';
import { type BinSet, type Profile, profileFormat } from '@plumbline/contracts';
import type { ClientBase } from 'pg';
import { activeBinSet, type BinSetRecord, type ReferenceRecord } from './bin-set.ts';
import { insertParts, type NewPart } from './part.ts';
import { UnknownModelError } from './unknown-model-error.ts';

/**
 * Ends the active bin set. Its profiles go; the hours they covered become stale. Hours that are stale already get a new
 * mark: whoever is profiling them on the old bin set may not clear them.
 */
async function retireBinSet(client: ClientBase, modelId: string): Promise<void> {
  await client.query('UPDATE bin_set SET active = false WHERE model_id = $1 AND active', [modelId]);
  await client.query('UPDATE stale_hour SET mark = DEFAULT, profiled = false WHERE model_id = $1', [modelId]);
  await client.query(
    `INSERT INTO stale_hour (model_id, start_at)
     SELECT DISTINCT model_id, start_at FROM profile WHERE model_id = $1 AND grain = 'hour' ORDER BY start_at
     ON CONFLICT (model_id, start_at) DO UPDATE SET mark = DEFAULT, profiled = false`,
    [modelId],
  );
  await client.query('DELETE FROM profile WHERE model_id = $1', [modelId]);
  await client.query('DELETE FROM multivariate_window WHERE model_id = $1', [modelId]);
  await client.query('DELETE FROM loss_estimator WHERE model_id = $1', [modelId]);
}

async function insertBinSet(
  client: ClientBase,
  modelId: string,
  referenceId: string,
  binSet: BinSet,
  profile: Profile,
): Promise<void> {
  await client.query(
    `INSERT INTO bin_set (model_id, id, reference_id, body, reference_profile, profile_format, recomputed_at)
     SELECT $1, $2, $3, $4, $5, $6, CASE WHEN NOT EXISTS (SELECT FROM stale_hour WHERE model_id = $1) THEN now() END`,
    [modelId, randomUUID(), referenceId, JSON.stringify(binSet), JSON.stringify(profile), profileFormat],
  );
}

async function holdModel(client: ClientBase, modelId: string): Promise<void> {
  const model = await client.query('SELECT 1 FROM model WHERE id = $1 FOR NO KEY UPDATE', [modelId]);
  if (model.rowCount === 0) throw new UnknownModelError(modelId);
}

/** See `ProfileStore.setReference`; runs inside the caller's transaction. */
export async function setReference(
  client: ClientBase,
  modelId: string,
  reference: Omit<ReferenceRecord, 'createdAt'>,
  parts: NewPart[],
  binSet: BinSet,
  profile: Profile,
): Promise<BinSetRecord> {
  await holdModel(client, modelId);
  await retireBinSet(client, modelId);
  await client.query('UPDATE reference SET active = false WHERE model_id = $1 AND active', [modelId]);
  await client.query(
    `UPDATE part SET replaced_at = now() WHERE model_id = $1 AND kind = 'reference' AND replaced_at IS NULL`,
    [modelId],
  );
  await client.query(
    `INSERT INTO reference (model_id, id, source, rows, min_at, max_at)
     VALUES ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000))`,
    [modelId, reference.id, reference.source, reference.rows, reference.minMs, reference.maxMs],
  );
  await insertParts(client, modelId, parts, reference.id);
  await insertBinSet(client, modelId, reference.id, binSet, profile);
  const active = await activeBinSet(client, modelId);
  if (!active) throw new UnknownModelError(modelId);
  return active;
}

/** See `ProfileStore.replaceBins`; runs inside the caller's transaction. */
export async function replaceBins(
  client: ClientBase,
  modelId: string,
  binSetId: string,
  binSet: BinSet,
  profile: Profile,
): Promise<void> {
  await holdModel(client, modelId);
  const active = await activeBinSet(client, modelId);
  if (active?.id !== binSetId || !active.reference) return;
  await retireBinSet(client, modelId);
  await insertBinSet(client, modelId, active.reference.id, binSet, profile);
}
