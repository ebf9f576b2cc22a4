import { startOfMonth } from '@plumbline/metrics';
import type { WorkerContext } from '../../worker-context.ts';
import { rollUp } from './roll-up.ts';

/**
 * Gives months that are over and quiet a profile of their own, so that a question about years reads months. Not part of a
 * refresh: one late label would have a month read again.
 */
export async function mergeMonths({ db }: Pick<WorkerContext, 'db'>): Promise<void> {
  for (const month of await db.profiles.unmergedMonths())
    await db.profiles.mergeMonth(month, (days) => rollUp(days, startOfMonth));
}
