import { toColumnarModel } from '@plumbline/columnar';
import type { PendingRows } from '@plumbline/db';
import { failPoint } from '@plumbline/fail-point';
import { namedWithinMs } from '../../part-ages.ts';
import type { WorkerContext } from '../../worker-context.ts';

const maxRows = 200_000;

/** Batches of `maxRows` one run takes before profiles get their turn, so that a long backlog shows progress. */
const maxRounds = 5;

type Context = Pick<WorkerContext, 'db' | 'columnar' | 'scratchDirectory' | 'now'>;

/**
 * Parts of pending rows. Takes files back only as long as no manifest row can name them: whether a commit whose answer
 * was lost took place is not known, and what it left behind the sweep finds.
 */
async function writePending({ db, columnar, now }: Context, modelId: string, rows: PendingRows) {
  const startedMs = now().getTime();
  // Read after the export: the schema then knows every feature the exported rows hold.
  const model = await db.models.get(modelId);
  if (!model) throw new Error('The model was removed while its rows were mirrored');
  const parts = await columnar.writeParts(toColumnarModel(model), rows);
  failPoint('mirror:parts-written');
  try {
    const touchedHours = await columnar.touchedHours(parts);
    if (now().getTime() - startedMs > namedWithinMs) throw new Error('The parts took too long to be written');
    return { parts, touchedHours };
  } catch (error) {
    await columnar.remove(parts.map((part) => part.path));
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
    const mirrored = await context.db.parts.mirror(
      modelId,
      { maxRows, directory: context.scratchDirectory },
      (rows) => writePending(context, modelId, rows),
    );
    if (!mirrored) return { rows, remaining: false };
    rows += mirrored.events + mirrored.actuals;
    if (!mirrored.remaining) return { rows, remaining: false };
  }
  return { rows, remaining: true };
}
