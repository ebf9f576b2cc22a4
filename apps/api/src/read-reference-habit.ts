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

/** More than the monitors of a busy installation; each holds some dozens of numbers. */
const mostKept = 5_000;

/** What was read, by part store: the reference of a bin set never changes. */
const known = new WeakMap<Deps['columnar'], Map<string, ReferenceHabit>>();

/** What the reference says of the metric of a monitor, by one scan of it; null when its threshold does not ask. */
export async function readReferenceHabit(
  { db, columnar }: Pick<Deps, 'db' | 'columnar'>,
  model: ModelRecord,
  binSet: BinSetRecord,
  { descriptor, columnKey, granularity, minN, threshold }: JudgedMonitor,
): Promise<ReferenceHabit | null> {
  if (!binSet.reference || !readsReference(threshold)) return null;
  const kept = known.get(columnar) ?? new Map<string, ReferenceHabit>();
  known.set(columnar, kept);
  const key = JSON.stringify([binSet.id, descriptor.metric, columnKey, granularity, minN]);
  const before = kept.get(key);
  if (before) return before;
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
  const habit = referenceHabit(question, { chunks: referenceChunks(rows, granularity), minN: minN ?? 0 });
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, habit);
  return habit;
}
