import type { WorkerContext } from '../../worker-context.ts';
import { silenceMetrics } from './quiet-windows.ts';

/** Judges the windows of streams that stopped: no row stands for them. */
export async function sweepSilence({
  db,
  queue,
  now,
}: Pick<WorkerContext, 'db' | 'queue' | 'now'>): Promise<void> {
  for (const modelId of await db.monitors.modelsFallenSilent(silenceMetrics, now()))
    await queue.enqueue('judge', { modelId });
}
