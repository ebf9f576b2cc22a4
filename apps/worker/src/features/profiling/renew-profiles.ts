import { toColumnarModel } from '../../to-columnar-model.ts';
import type { WorkerContext } from '../../worker-context.ts';

/** A month: renewed together, and short of what a refresh must not be kept busy with. */
const hoursAtATime = 31 * 24;

type Context = Pick<WorkerContext, 'db' | 'columnar' | 'logger'>;

async function renewReference({ db, columnar }: Context, modelId: string): Promise<void> {
  const model = await db.models.get(modelId);
  if (!model) return;
  const binSet = await db.profiles.binSet(modelId);
  const parts = await db.parts.live(modelId, { kinds: ['reference'] });
  const profile = await columnar.profile(toColumnarModel(model), binSet.body, parts, {});
  await db.profiles.renewReferenceProfile(modelId, binSet.id, profile);
}

/**
 * One step towards profiles of the current format: those of references are recomputed, and the newest hours of an older
 * format become stale, for a refresh to profile and judge. References go first, so that both sides know the new fields.
 */
export async function renewProfiles(context: Context): Promise<void> {
  const { db, logger } = context;
  for (const modelId of await db.profiles.outdatedReferences()) {
    await renewReference(context, modelId).catch((error: unknown) => {
      logger.warn({ err: error, modelId }, 'the profile of a reference was not renewed');
    });
  }
  await db.profiles.markOutdated(hoursAtATime);
}
