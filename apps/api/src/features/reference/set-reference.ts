import { randomUUID } from 'node:crypto';
import type { WrittenPart } from '@plumbline/columnar';
import type { ModelRecord, ReferenceRecord } from '@plumbline/db';
import { defaultMonitors, referenceDays } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { toColumnarModel } from '../../to-columnar-model.ts';

/** Makes parts the model's reference: bins, the profile on them, and the default monitors when it has none yet. */
export async function setReference(
  { db, columnar }: Deps,
  model: ModelRecord,
  parts: WrittenPart[],
  source: ReferenceRecord['source'],
): Promise<string> {
  const columnarModel = toColumnarModel(model);
  const binSet = await columnar.buildBinSet(columnarModel, parts);
  const profile = await columnar.profile(columnarModel, binSet, parts, {});
  const reference = {
    id: randomUUID(),
    source,
    rows: profile.events,
    minMs: parts.reduce((min, part) => Math.min(min, part.minMs), Number.POSITIVE_INFINITY),
    maxMs: parts.reduce((max, part) => Math.max(max, part.maxMs), Number.NEGATIVE_INFINITY),
  };
  await db.profiles.setReference(model.id, reference, parts, binSet, profile);
  const monitors = await db.monitors.list(model.id);
  if (monitors.some((monitor) => monitor.createdBy === 'default')) return reference.id;
  const context = { task: model.task, positiveLabel: model.positiveLabel };
  const days = referenceDays(await columnar.profiles(columnarModel, binSet, parts, { grain: 'day' }));
  for (const monitor of defaultMonitors({ binSet, context, reference: profile, days })) {
    await db.monitors.create({
      ...monitor,
      modelId: model.id,
      channels: [],
      enabled: true,
      createdBy: 'default',
    });
  }
  return reference.id;
}
