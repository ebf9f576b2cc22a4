import type { BinSetRecord, ModelRecord, MonitorRecord } from '@plumbline/db';
import {
  findMetric,
  type ReferenceHabit,
  readsReference,
  referenceChunks,
  referenceHabit,
} from '@plumbline/metrics';
import { toColumnarModel } from '../../to-columnar-model.ts';
import type { WorkerContext } from '../../worker-context.ts';

/** More than the monitors of a busy installation; each holds some dozens of numbers. */
const mostKept = 5_000;

export interface Habits {
  /** What the reference says of the metric of a monitor; null when its threshold does not ask. */
  of(model: ModelRecord, binSet: BinSetRecord, monitor: MonitorRecord): Promise<ReferenceHabit | null>;
}

/** Reads references once for each bin set and rule; keep one for the life of the process. */
export function createHabits({ db, columnar }: Pick<WorkerContext, 'db' | 'columnar'>): Habits {
  const known = new Map<string, ReferenceHabit>();
  return {
    async of(model, binSet, monitor) {
      const { metric, columnKey, granularity, minN, threshold } = monitor;
      const descriptor = findMetric(metric);
      if (!descriptor || !binSet.reference || !readsReference(threshold)) return null;
      const key = JSON.stringify([binSet.id, metric, columnKey, granularity, minN]);
      const before = known.get(key);
      if (before) return before;
      const parts = await db.parts.live(model.id, { kinds: ['reference'] });
      const columns = binSet.body.columns.filter(({ column }) => column === columnKey);
      const withPerformance = descriptor.family === 'performance';
      const rows = await columnar.profiles(toColumnarModel(model), { columns }, parts, {
        grain: granularity,
        withPerformance,
      });
      const question = {
        descriptor,
        columnKey: columnKey || null,
        binSet: binSet.body,
        context: { task: model.task, positiveLabel: model.positiveLabel },
        reference: binSet.referenceProfile,
      };
      const habit = referenceHabit(question, { chunks: referenceChunks(rows, granularity), minN: minN ?? 0 });
      if (known.size >= mostKept) known.clear();
      known.set(key, habit);
      return habit;
    },
  };
}
