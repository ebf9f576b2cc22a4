import type { Processors } from '@plumbline/queue';
import { deliver } from '../features/delivery/deliver.ts';
import type { WorkerContext } from '../worker-context.ts';

export function deliverProcessor(context: WorkerContext): Processors['deliver'] {
  return ({ deliveryId }) => deliver(context, deliveryId);
}
