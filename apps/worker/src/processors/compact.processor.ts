import type { Processors } from '@plumbline/queue';
import { compactModel } from '../features/compaction/compact-model.ts';
import type { WorkerContext } from '../worker-context.ts';

export function compactProcessor(context: WorkerContext): Processors['compact'] {
  return ({ modelId }, { signal }) => compactModel(context, modelId, signal);
}
