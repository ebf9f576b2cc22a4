import { failPoint } from '@plumbline/fail-point';
import type { Processors } from '@plumbline/queue';
import { requestCompaction } from '../features/compaction/compact-model.ts';
import { createJudge } from '../features/judging/judge-model.ts';
import { mirrorPending } from '../features/mirror/mirror-pending.ts';
import { clearStaleHours, profileStaleHours } from '../features/profiling/profile-stale-hours.ts';
import type { WorkerContext } from '../worker-context.ts';

/**
 * Brings a model up to date: rows into parts, stale hours into profiles, touched windows into judgements. Each step
 * finds its work in the database and leaves it there until the next one is done, so it may be killed at any point.
 */
export function refreshProcessor(context: WorkerContext): Processors['refresh'] {
  const { db, queue } = context;
  const judgeModel = createJudge(context);
  return async ({ modelId }, { signal }) => {
    if (!(await db.models.get(modelId))) return;
    const mirrored = await mirrorPending(context, modelId, signal);
    // Read again: mirroring may have taken as long as it takes to change the model.
    const model = await db.models.get(modelId);
    if (!model || signal.aborted) return;
    const profiled = await profileStaleHours(context, model);
    if (profiled.hours.length > 0) failPoint('profiling:written');
    if (signal.aborted) return;
    if (!profiled.remaining) {
      const hours = profiled.hours.map((hour) => hour.start);
      await judgeModel(model, profiled.binSet, hours);
      await clearStaleHours(context, modelId, profiled);
    }
    if (mirrored.rows > 0) await requestCompaction(context, modelId);
    if (mirrored.remaining || profiled.remaining) await queue.enqueue('refresh', { modelId });
  };
}
