import { windowLength } from '@plumbline/metrics';
import type { WorkerContext } from '../../worker-context.ts';
import { windowsDue } from './windows-due.ts';

/**
 * How many of the newest windows of a model are compared on their own, and with how many rows; older and smaller ones
 * when somebody asks. A day is worth it from the rows on that the classifier needs.
 */
const scheduled = [
  { granularity: 'week', most: 26, leastRows: 1 },
  { granularity: 'day', most: 14, leastRows: 100 },
] as const;

type Context = Pick<WorkerContext, 'db' | 'queue' | 'now'>;

/** Asks for the next complete week and day of each model; one of each at a time, so that a long history never keeps a worker busy. */
export async function scheduleWindows({ db, now }: Context): Promise<void> {
  for (const { granularity, most, leastRows } of scheduled) {
    const windows = await db.multivariate.comparable(now(), { granularity, most });
    for (const { modelId, binSetId, startMs } of windowsDue(windows, leastRows)) {
      const window = { modelId, binSetId, fromMs: startMs, toMs: startMs + windowLength(granularity) };
      await db.multivariate.request({ ...window, environment: 'production', source: 'schedule' });
    }
  }
}

/** Enqueues the models that have a window nobody works on. */
export async function sweepWindows({ db, queue }: Context): Promise<void> {
  for (const modelId of await db.multivariate.modelsDue()) await queue.enqueue('multivariate', { modelId });
}
