import { Problem } from '@plumbline/contracts';
import type { Db, StoreResult } from '@plumbline/db';
import type { FastifyRequest } from 'fastify';

/** The request's Idempotency-Key: 1 to 255 printable ASCII characters. @throws Problem 400 for others. */
export function idempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key)) {
    throw new Problem('bad-idempotency-key', { detail: '1 to 255 printable ASCII characters.' });
  }
  return key;
}

class NothingStored extends Error {}

/**
 * What a key was used for before, without storing anything: the store is asked with an empty batch and rolled back.
 * Null when the key is new.
 */
export async function lookUpKey(
  db: Db,
  modelId: string,
  batchId: string,
  idempotency: { key: string; bodyHash: Buffer },
): Promise<StoreResult | null> {
  try {
    return await db.events.store({
      modelId,
      batchId,
      kind: 'events',
      events: [],
      actuals: [],
      quarantine: [],
      idempotency,
      answer: () => {
        throw new NothingStored();
      },
    });
  } catch (error) {
    if (error instanceof NothingStored) return null;
    throw error;
  }
}
