import { toColumnarModel } from '@plumbline/columnar';
import type { FeatureRow, ModelRecord } from '@plumbline/db';
import { dayMs, hourMs } from '../../time.ts';
import type { WorkerContext } from '../../worker-context.ts';
import { absentFeatures, detectSchemaChanges, newestRows } from './detect-schema-changes.ts';

/** Absent features looked into at a time: each costs a scan of one column. */
const mostCounted = 50;

type Context = Pick<WorkerContext, 'db' | 'columnar' | 'now'>;

/** How many rows of the day before the newest rows had the features. */
async function usualRows(
  { db, columnar }: Context,
  model: ModelRecord,
  newest: FeatureRow[],
  names: string[],
): Promise<Map<string, { rows: number; present: number }>> {
  const counts = new Map<string, { rows: number; present: number }>();
  if (names.length === 0) return counts;
  const toMs = Math.min(...newest.map((row) => row.predictedMs));
  const range = { fromMs: toMs - dayMs, toMs };
  const parts = await db.parts.live(model.id, { kinds: ['events'], ...range });
  const described = toColumnarModel(model);
  const selection = { ...range, environment: 'production' as const };
  const rows = await columnar.count(described, parts, selection);
  for (const name of names.slice(0, mostCounted)) {
    const filter = { field: `features.${name}`, op: 'not_null' as const };
    counts.set(name, { rows, present: await columnar.count(described, parts, { ...selection, filter }) });
  }
  return counts;
}

/** Looks at the rows that came last and puts on record what became of the model's features. Again it adds nothing. */
export async function watchSchema(context: Context, model: ModelRecord): Promise<void> {
  const { db } = context;
  const at = context.now();
  const since = new Date(at.getTime() - hourMs);
  const features = model.features.filter(({ kind }) => kind !== 'embedding');
  const [newest, refused, hours, changes] = await Promise.all([
    db.schemas.newestRows(model.id, newestRows),
    db.schemas.refusedFeatures(model.id, since),
    db.intake.hours(model.id, since.getTime(), at.getTime() + hourMs),
    db.schemas.latest(model.id),
  ]);
  const latest = new Map(changes.map((change) => [change.feature, change]));
  const absent = absentFeatures({ features, newest }).filter((name) => latest.get(name)?.kind !== 'missing');
  const usual = await usualRows(context, model, newest, absent);
  const received = hours.reduce((sum, { accepted, rejected }) => sum + accepted + rejected, 0);
  const found = detectSchemaChanges({ at, features, newest, usual, refused, received, latest });
  if (found.length > 0) await db.schemas.record(model.id, found);
}

/** Models that received rows between two looks, and again the last ones: a batch may commit after a later one. */
const overlapMs = 60_000;

/** Watches the schema of every model that received rows since the last look; the first one goes an hour back. */
export function createSchemaWatch(
  context: Context & Pick<WorkerContext, 'queue' | 'logger'>,
): () => Promise<void> {
  const { db, queue, logger, now } = context;
  let since = new Date(now().getTime() - hourMs);
  return async () => {
    const looked = now().getTime();
    for (const { modelId, refused } of await db.intake.receiving(since)) {
      // Rows that were all refused leave nothing to mirror, yet their share is to be judged.
      if (refused) await queue.enqueue('refresh', { modelId });
      const model = await db.models.get(modelId);
      if (!model) continue;
      try {
        await watchSchema(context, model);
      } catch (error) {
        logger.warn({ err: error, modelId }, 'the schema was not watched; trying again with its next rows');
      }
    }
    since = new Date(looked - overlapMs);
  };
}
