import { randomUUID } from 'node:crypto';
import type { Columnar, ColumnarModel, WrittenPart } from '@plumbline/columnar';
import type { Db, ModelRecord, ReferenceRecord } from '@plumbline/db';
import { defaultMonitors, referenceDays } from '@plumbline/metrics';

/** Makes parts the model's reference: bins, the profile on them, and the default monitors when it has none yet. */
export async function setReference(
  { db, columnar }: { db: Db; columnar: Columnar },
  { model, columnarModel }: { model: ModelRecord; columnarModel: ColumnarModel },
  parts: WrittenPart[],
  { id = randomUUID(), source }: { id?: string; source: ReferenceRecord['source'] },
): Promise<string> {
  const binSet = await columnar.buildBinSet(columnarModel, parts);
  const profile = await columnar.profile(columnarModel, binSet, parts, {});
  const reference = {
    id,
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
