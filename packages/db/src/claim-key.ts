import type { IngestAnswer } from '@plumbline/contracts';
import type { PoolClient } from 'pg';
import type { StoreResult } from './incoming-batch.ts';

interface KeptAnswer {
  body_hash: Buffer;
  status: number;
  answer: IngestAnswer;
}

/** Takes an idempotency key until the transaction ends, or tells what became of the request that has or had it. */
export async function claimKey(
  client: PoolClient,
  modelId: string,
  { key, bodyHash }: { key: string; bodyHash: Buffer },
): Promise<StoreResult | null> {
  const kept = async (): Promise<StoreResult | null> => {
    const { rows } = await client.query<KeptAnswer>(
      'SELECT body_hash, status, answer FROM idempotency WHERE model_id = $1 AND key = $2',
      [modelId, key],
    );
    const row = rows[0];
    if (!row) return null;
    return row.body_hash.equals(bodyHash)
      ? { kind: 'replayed', status: row.status, body: row.answer }
      : { kind: 'key_reused' };
  };
  const before = await kept();
  if (before) return before;
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
    [`idempotency:${modelId}:${key}`],
  );
  if (!rows[0]?.locked) return { kind: 'key_in_progress' };
  // The holder before us may have committed between the first look and the lock.
  return kept();
}
