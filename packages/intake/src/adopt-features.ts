import { type Feature, maxTags } from '@plumbline/contracts';
import type { Db, ModelRecord, SeenFeature } from '@plumbline/db';
import type { PostedRow } from './posted-row.ts';
import { kindsOf, type PrepareContext, type PreparedEvents, prepareEvents } from './prepare-events.ts';

async function adoptTags(db: Db, model: ModelRecord, { events }: PreparedEvents): Promise<void> {
  if (model.tags.length >= maxTags) return;
  const known = new Set(model.tags.map(({ name }) => name));
  const names = new Set(events.flatMap(({ event }) => Object.keys(event.tags ?? {})));
  const added = [...names].filter((name) => !known.has(name));
  if (added.length > 0) model.tags = await db.models.addTags(model.id, added);
}

/** How many rows of the batch name a feature, and the version of the first. */
function seenIn({ events }: PreparedEvents) {
  return (feature: Feature): SeenFeature => {
    const seen = events.filter(({ event }) => Object.hasOwn(event.features, feature.name));
    const version = seen[0]?.event.model_version;
    return { ...feature, rows: seen.length, ...(version === undefined ? {} : { version }) };
  };
}

/**
 * Prepares rows and adds the features and tags they bring to the model's schema. When another request named a feature
 * with another kind first, the rows are checked again on the schema that won. Changes `model`.
 */
export async function prepareAndAdopt(
  db: Db,
  model: ModelRecord,
  rows: PostedRow[],
  context: Omit<PrepareContext, 'kinds'>,
): Promise<PreparedEvents> {
  const prepared = prepareEvents(rows, { ...context, kinds: kindsOf(model.features) });
  await adoptTags(db, model, prepared);
  if (prepared.newFeatures.length === 0) return prepared;
  model.features = await db.models.addFeatures(model.id, prepared.newFeatures.map(seenIn(prepared)));
  const kinds = kindsOf(model.features);
  if (prepared.newFeatures.every((feature) => kinds.get(feature.name) === feature.kind)) return prepared;
  return prepareEvents(rows, { ...context, kinds });
}
