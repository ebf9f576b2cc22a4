import type { IncomingBatch } from './incoming-batch.ts';
import { UnknownModelError } from './unknown-model-error.ts';

/** The model is not, or no longer, what a batch was judged by (`IncomingBatch.ifRevision`). */
export class StaleModelError extends Error {
  override name = 'StaleModelError';

  constructor(modelId: string, revision: number) {
    super(`model ${modelId} is not at revision ${revision}`);
  }
}

/** Why a batch found no model to be stored with. */
export const modelGone = ({ modelId, ifRevision }: IncomingBatch): StaleModelError | UnknownModelError =>
  ifRevision === undefined ? new UnknownModelError(modelId) : new StaleModelError(modelId, ifRevision);
