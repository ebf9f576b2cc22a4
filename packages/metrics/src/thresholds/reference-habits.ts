import type { BinSet, Granularity, Profile } from '@plumbline/contracts';
import type { ModelContext } from '../metric-descriptor.ts';
import type { JudgedMonitor } from '../monitors/judge-windows.ts';
import { type ReferenceHabit, referenceChunks, referenceHabit } from './reference-habit.ts';
import { readsReference } from './window-limits.ts';

/** More than the monitors of a busy installation; each holds some dozens of numbers. */
const mostKept = 5_000;

/** What of a reference a monitor's limits are learnt from: profiles of its rows by `grain`, of the named columns alone. */
export interface ReferenceScan {
  columns: BinSet['columns'];
  grain: Granularity;
  withPerformance: boolean;
}

/** A frozen bin set and the whole reference on it. */
interface ReferenceBins {
  id: string;
  body: BinSet;
  reference: object | null;
  referenceProfile: Profile | null;
}

export interface ReferenceHabits<Model extends ModelContext> {
  /** What the reference says of the metric of a monitor; null when its threshold does not ask, or there is none. */
  of(model: Model, bins: ReferenceBins, monitor: JudgedMonitor): Promise<ReferenceHabit | null>;
}

/**
 * Scans a reference once for each bin set and rule, as the reference of a bin set never changes; keep one for the life
 * of the process.
 */
export function createReferenceHabits<Model extends ModelContext>(
  scan: (model: Model, scan: ReferenceScan) => Promise<{ start: number; profile: Profile }[]>,
): ReferenceHabits<Model> {
  const known = new Map<string, ReferenceHabit>();
  return {
    async of(model, bins, { descriptor, columnKey, granularity, minN, threshold }) {
      if (!bins.reference || !readsReference(threshold) || descriptor.readsComparison) return null;
      const key = JSON.stringify([bins.id, descriptor.metric, columnKey, granularity, minN]);
      const before = known.get(key);
      if (before) return before;
      const rows = await scan(model, {
        columns: bins.body.columns.filter(({ column }) => column === columnKey),
        grain: granularity,
        withPerformance: descriptor.family === 'performance',
      });
      const question = {
        descriptor,
        columnKey: columnKey || null,
        binSet: bins.body,
        context: { task: model.task, positiveLabel: model.positiveLabel },
        reference: bins.referenceProfile,
      };
      const habit = referenceHabit(question, { chunks: referenceChunks(rows, granularity), minN: minN ?? 0 });
      if (known.size >= mostKept) known.clear();
      known.set(key, habit);
      return habit;
    },
  };
}
