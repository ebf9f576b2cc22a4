import type { BinSetRecord, ModelRecord } from '@plumbline/db';
import {
  type JudgedMonitor,
  type ReferenceHabit,
  readsReference,
  referenceChunks,
  referenceHabit,
} from '@plumbline/metrics';
import type { Deps } from './deps.ts';
import { toColumnarModel } from './to-columnar-model.ts';

/** What the reference says of the metric of a monitor, by a scan of it; null when its threshold does not ask. */
export async function readReferenceHabit(
  { db, columnar }: Pick<Deps, 'db' | 'columnar'>,
  model: ModelRecord,
  binSet: BinSetRecord,
  { descriptor, columnKey, granularity, minN, threshold }: JudgedMonitor,
): Promise<ReferenceHabit | null> {
  if (!binSet.reference || !readsReference(threshold)) return null;
  const parts = await db.parts.live(model.id, { kinds: ['reference'] });
  const columns = binSet.body.columns.filter(({ column }) => column === columnKey);
  const rows = await columnar.profiles(toColumnarModel(model), { columns }, parts, {
    grain: granularity,
    withPerformance: descriptor.family === 'performance',
  });
  const question = {
    descriptor,
    columnKey: columnKey || null,
    binSet: binSet.body,
    context: { task: model.task, positiveLabel: model.positiveLabel },
    reference: binSet.referenceProfile,
  };
  return referenceHabit(question, { chunks: referenceChunks(rows, granularity), minN: minN ?? 0 });
}
