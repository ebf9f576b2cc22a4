import { type PartRef, planCompaction, toColumnarModel } from '@plumbline/columnar';
import { failPoint } from '@plumbline/fail-point';
import { namedWithinMs } from '../../part-ages.ts';
import type { WorkerContext } from '../../worker-context.ts';

type Context = Pick<WorkerContext, 'db' | 'columnar' | 'queue' | 'logger' | 'now'>;

/** Time for young parts to gather: a merge of ten rewrites a row once where merges of two rewrite it three times. */
const gatherMs = 10_000;
/** Plans that follow from one another in one run; a model that needs more gets the next run. */
const maxRounds = 4;

async function compactionsOf(
  { db, now }: Pick<Context, 'db' | 'now'>,
  modelId: string,
): Promise<PartRef[][]> {
  const parts = await db.parts.live(modelId, { kinds: ['events', 'actuals'] });
  return planCompaction(parts, now()).map(({ eventParts, actualParts }) => [...eventParts, ...actualParts]);
}

/** Queues a compaction when the model's parts call for one. */
export async function requestCompaction(
  context: Pick<Context, 'db' | 'queue' | 'now'>,
  modelId: string,
): Promise<void> {
  const compactions = await compactionsOf(context, modelId);
  if (compactions.length > 0) await context.queue.enqueue('compact', { modelId }, { delayMs: gatherMs });
}

/** Merges young neighbours and folds late actuals in. A merge that was overtaken leaves no files behind. */
export async function compactModel(context: Context, modelId: string, signal: AbortSignal): Promise<void> {
  const { db, columnar, logger, now } = context;
  for (let round = 0; round < maxRounds; round += 1) {
    const groups = await compactionsOf(context, modelId);
    if (groups.length === 0) return;
    for (const group of groups) {
      const model = await db.models.get(modelId);
      if (!model || signal.aborted) return;
      const startedMs = now().getTime();
      const merged = await columnar.merge(toColumnarModel(model), group);
      failPoint('compaction:merged');
      const replaced = group.map((part) => part.id);
      const isInTime = now().getTime() - startedMs <= namedWithinMs;
      if (isInTime && (await db.parts.replace(modelId, replaced, merged))) {
        failPoint('compaction:replaced');
        logger.info({ modelId, from: group.length, to: merged.length }, 'parts merged');
      } else await columnar.remove(merged.map((part) => part.path));
    }
  }
}
