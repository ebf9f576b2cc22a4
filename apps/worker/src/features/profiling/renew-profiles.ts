import { toColumnarModel } from '@plumbline/columnar';
import type { WorkerContext } from '../../worker-context.ts';

/** A month: renewed together, and short of what a refresh must not be kept busy with. */
const hoursAtATime = 31 * 24;

type Context = Pick<WorkerContext, 'db' | 'columnar' | 'logger'>;

async function renewReference({ db, columnar }: Context, modelId: string, withBins: boolean): Promise<void> {
  const model = await db.models.get(modelId);
  if (!model) return;
  const described = toColumnarModel(model);
  const { id, body } = await db.profiles.binSet(modelId);
  const parts = await db.parts.live(modelId, { kinds: ['reference'] });
  const binSet = withBins ? await columnar.buildBinSet(described, parts) : body;
  const profile = await columnar.profile(described, binSet, parts, {});
  if (withBins) await db.profiles.replaceBins(modelId, id, binSet, profile);
  else await db.profiles.renewReferenceProfile(modelId, id, profile);
}

/**
 * One step towards what is stored being what the code and the schema ask for: bins are made anew from the reference after
 * a feature's kind was changed, profiles of references in an older format are recomputed, and the newest hours of an older
 * format become stale, for a refresh to profile and judge. References go first, so that both sides know the new fields.
 */
export async function renewProfiles(context: Context): Promise<void> {
  const { db, logger } = context;
  const renew = (modelId: string, withBins: boolean) =>
    renewReference(context, modelId, withBins).catch((error: unknown) => {
      logger.warn({ err: error, modelId }, 'the profile of a reference was not renewed');
    });
  for (const modelId of await db.profiles.modelsWithOtherKinds()) await renew(modelId, true);
  for (const modelId of await db.profiles.outdatedReferences()) await renew(modelId, false);
  await db.profiles.markOutdated(hoursAtATime);
}
