import type { WorkerContext } from '../../worker-context.ts';

const dueDeliveries = 200;
const dueImports = 100;

/**
 * Finds work that no job stands for: models with rows no part covers or with stale hours, deliveries that are due and
 * imports nobody works on. Jobs that wait already are not doubled.
 */
export async function sweep({ db, queue, now }: Pick<WorkerContext, 'db' | 'queue' | 'now'>): Promise<void> {
  const [pending, stale, due, imports] = await Promise.all([
    db.parts.modelsWithPending(),
    db.profiles.modelsWithStaleHours(),
    db.deliveries.due(now(), dueDeliveries),
    db.imports.due(dueImports),
  ]);
  for (const modelId of new Set([...pending, ...stale])) await queue.enqueue('refresh', { modelId });
  for (const deliveryId of due) await queue.enqueue('deliver', { deliveryId });
  for (const payload of imports) await queue.enqueue('import', payload);
}
