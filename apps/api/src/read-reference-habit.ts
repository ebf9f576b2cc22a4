import { toColumnarModel } from '@plumbline/columnar';
import type { BinSetRecord, ModelRecord } from '@plumbline/db';
import {
  createReferenceHabits,
  type JudgedMonitor,
  type ReferenceHabit,
  type ReferenceHabits,
} from '@plumbline/metrics';
import type { Deps } from './deps.ts';

/** One an API process, named by its part store. */
const known = new WeakMap<Deps['columnar'], ReferenceHabits<ModelRecord>>();

function habitsOf({ db, columnar }: Pick<Deps, 'db' | 'columnar'>): ReferenceHabits<ModelRecord> {
  const before = known.get(columnar);
  if (before) return before;
  const habits = createReferenceHabits<ModelRecord>(async (model, { columns, ...scan }) => {
    const parts = await db.parts.live(model.id, { kinds: ['reference'] });
    return columnar.profiles(toColumnarModel(model), { columns }, parts, scan);
  });
  known.set(columnar, habits);
  return habits;
}

/** What the reference says of the metric of a monitor, by one scan of it; null when its threshold does not ask. */
export const readReferenceHabit = (
  sources: Pick<Deps, 'db' | 'columnar'>,
  model: ModelRecord,
  binSet: BinSetRecord,
  monitor: JudgedMonitor,
): Promise<ReferenceHabit | null> => habitsOf(sources).of(model, binSet, monitor);
