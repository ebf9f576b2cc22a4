import type { WorkerContext } from '../../worker-context.ts';
import { weeksDue } from './weeks-due.ts';

/** Older weeks are compared when somebody asks. */
const weeksBack = 26;
const weekMs = 7 * 86_400_000;

type Context = Pick<WorkerContext, 'db' | 'queue' | 'now'>;

/** Asks for the next complete week of each model; one at a time, so that a long history never keeps a worker busy. */
export async function scheduleWindows({ db, now }: Context): Promise<void> {
  for (const { modelId, binSetId, startMs } of weeksDue(await db.multivariate.weeks(now(), weeksBack))) {
    const window = { modelId, binSetId, fromMs: startMs, toMs: startMs + weekMs };
    await db.multivariate.request({ ...window, environment: 'production', source: 'schedule' });
  }
}

/** Enqueues the models that have a window nobody works on. */
export async function sweepWindows({ db, queue }: Context): Promise<void> {
  for (const modelId of await db.multivariate.modelsDue()) await queue.enqueue('multivariate', { modelId });
}
