import type { WorkerContext } from '../../worker-context.ts';

const dueDeliveries = 200;

/**
 * Finds work that no job stands for: models with rows no part covers or with stale hours, and deliveries that are due.
 * Jobs that wait already are not doubled.
 */
export async function sweep({ db, queue, now }: Pick<WorkerContext, 'db' | 'queue' | 'now'>): Promise<void> {
  const [pending, stale, due] = await Promise.all([
    db.parts.modelsWithPending(),
    db.profiles.modelsWithStaleHours(),
    db.deliveries.due(now(), dueDeliveries),
  ]);
  for (const modelId of new Set([...pending, ...stale])) await queue.enqueue('refresh', { modelId });
  for (const deliveryId of due) await queue.enqueue('deliver', { deliveryId });
}
