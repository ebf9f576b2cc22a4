import type { WrittenPart } from '@plumbline/columnar';
import { toColumnarModel } from '../../to-columnar-model.ts';
import type { WorkerContext } from '../../worker-context.ts';

const maxRows = 200_000;

/** Batches of `maxRows` one run takes before profiles get their turn, so that a long backlog shows progress. */
const maxRounds = 5;

type Context = Pick<WorkerContext, 'db' | 'columnar' | 'scratchDirectory'>;

async function removeUnlessLive(
  { db, columnar }: Context,
  modelId: string,
  written: WrittenPart[],
): Promise<void> {
  const live = new Set((await db.parts.live(modelId)).map((part) => part.id));
  await columnar.remove(written.filter((part) => !live.has(part.id)).map((part) => part.path));
}

async function mirrorOnce(context: Context, modelId: string) {
  const { db, columnar, scratchDirectory: directory } = context;
  const written: WrittenPart[] = [];
  try {
    return await db.parts.mirror(modelId, { maxRows, directory }, async (rows) => {
      // Read after the export: the schema then knows every feature the exported rows hold.
      const model = await db.models.get(modelId);
      if (!model) throw new Error('The model was removed while its rows were mirrored');
      written.push(...(await columnar.writeParts(toColumnarModel(model), rows)));
      return { parts: written, touchedHours: await columnar.touchedHours(written) };
    });
  } catch (error) {
    await removeUnlessLive(context, modelId, written).catch(() => {});
    throw error;
  }
}

/**
 * Writes rows that no part covers yet into parts; the hours they touch become stale with the same commit. Tells whether
 * rows are left. When another process holds the model, nothing is done: that process takes the rows along.
 */
export async function mirrorPending(
  context: Context,
  modelId: string,
  signal: AbortSignal,
): Promise<{ rows: number; remaining: boolean }> {
  let rows = 0;
  for (let round = 0; round < maxRounds; round += 1) {
    if (signal.aborted) return { rows, remaining: true };
    const mirrored = await mirrorOnce(context, modelId);
    if (!mirrored) return { rows, remaining: false };
    rows += mirrored.events + mirrored.actuals;
    if (!mirrored.remaining) return { rows, remaining: false };
  }
  return { rows, remaining: true };
}
