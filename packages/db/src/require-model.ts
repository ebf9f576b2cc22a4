import type { PoolClient } from 'pg';
import { UnknownModelError } from './unknown-model-error.ts';

/** Keeps the model from being deleted until the transaction ends. @throws UnknownModelError */
export async function requireModel(client: PoolClient, modelId: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM model WHERE id = $1 FOR KEY SHARE', [modelId]);
  if (rowCount === 0) throw new UnknownModelError(modelId);
}
