import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failPoint } from '@plumbline/fail-point';
import type { Pool, PoolClient } from 'pg';
import { exportPending, type PendingRows } from './export-pending.ts';
import { insertParts, type NewPart } from './part.ts';
import { requireModel } from './require-model.ts';
import { markStale } from './stale-hours.ts';

export type MirrorWrite = (rows: PendingRows) => Promise<{ parts: NewPart[]; touchedHours: number[] }>;

export interface Mirrored {
  events: number;
  actuals: number;
  parts: NewPart[];
  /** Batches were left over. */
  remaining: boolean;
}

interface MirrorOptions {
  maxRows: number;
  directory: string;
}

async function commit(
  client: PoolClient,
  modelId: string,
  batches: string[],
  { parts, touchedHours }: { parts: NewPart[]; touchedHours: number[] },
): Promise<void> {
  await client.query('BEGIN');
  try {
    await requireModel(client, modelId);
    await insertParts(client, modelId, parts);
    await markStale(client, modelId, touchedHours);
    const { rowCount } = await client.query(
      `UPDATE ingest_batch SET mirrored_at = now()
       WHERE model_id = $1 AND mirrored_at IS NULL AND seq = ANY ($2::bigint[])`,
      [modelId, batches],
    );
    if (rowCount !== batches.length) throw new Error(`batches of model ${modelId} were mirrored twice`);
    failPoint('mirror:before-commit');
    await client.query('COMMIT');
    failPoint('mirror:committed');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function mirrorLocked(
  client: PoolClient,
  modelId: string,
  options: MirrorOptions,
  write: MirrorWrite,
): Promise<Mirrored> {
  await mkdir(options.directory, { recursive: true });
  const directory = await mkdtemp(join(options.directory, 'pending-'));
  try {
    const pending = await exportPending(client, modelId, { maxRows: options.maxRows, directory });
    failPoint('mirror:exported');
    const { batches, remaining, events, actuals } = pending;
    if (batches.length === 0) return { events, actuals, parts: [], remaining };
    const written = events + actuals === 0 ? { parts: [], touchedHours: [] } : await write(pending);
    await commit(client, modelId, batches, written);
    return { events, actuals, parts: written.parts, remaining };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * See `PartManifest.mirror`. The lock belongs to the session: it is taken before the snapshot and held, without an open
 * transaction, while the parts are written; a lost connection frees it and cannot commit any more.
 */
export async function mirror(
  pool: Pool,
  modelId: string,
  options: MirrorOptions,
  write: MirrorWrite,
): Promise<Mirrored | null> {
  const client = await pool.connect();
  const key = `mirror:${modelId}`;
  let broken = true;
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      [key],
    );
    if (!rows[0]?.locked) {
      broken = false;
      return null;
    }
    try {
      return await mirrorLocked(client, modelId, options, write);
    } finally {
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]);
      broken = false;
    }
  } finally {
    client.release(broken);
  }
}
