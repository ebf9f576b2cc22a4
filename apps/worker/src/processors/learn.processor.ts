import type { Processors } from '@plumbline/queue';
import { learnLosses } from '../features/estimation/learn-losses.ts';
import type { WorkerContext } from '../worker-context.ts';

export function learnProcessor(context: WorkerContext): Processors['learn'] {
  return ({ modelId }, { signal }) => learnLosses(context, modelId, signal);
}
