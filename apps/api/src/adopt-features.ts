import type { Db, ModelRecord } from '@plumbline/db';
import { kindsOf, type PrepareContext, type PreparedEvents, prepareEvents } from './prepare-events.ts';
import type { PostedRow } from './read-rows.ts';

/**
 * Prepares rows and adds the features they bring to the model's schema. When another request named one of them
 * with another kind first, the rows are checked again on the schema that won. Changes `model.features`.
 */
export async function prepareAndAdopt(
  db: Db,
  model: ModelRecord,
  rows: PostedRow[],
  context: Omit<PrepareContext, 'kinds'>,
): Promise<PreparedEvents> {
  const prepared = prepareEvents(rows, { ...context, kinds: kindsOf(model.features) });
  if (prepared.newFeatures.length === 0) return prepared;
  model.features = await db.models.addFeatures(model.id, prepared.newFeatures);
  const kinds = kindsOf(model.features);
  if (prepared.newFeatures.every((feature) => kinds.get(feature.name) === feature.kind)) return prepared;
  return prepareEvents(rows, { ...context, kinds });
}
