import type { Processors } from '@plumbline/queue';
import type { WorkerContext } from '../worker-context.ts';

/** A refresh judges as well, and one model never has two at a time: so monitors are judged by one hand only. */
export function judgeProcessor({ queue }: Pick<WorkerContext, 'queue'>): Processors['judge'] {
  return ({ modelId }) => queue.enqueue('refresh', { modelId });
}
