import type { ComparableWeek } from '@plumbline/db';

/** Late rows count once they are this share of the rows that were compared. */
const growth = 0.1;

/**
 * The newest week of each model that was never compared or has grown by a tenth since; none of a model that has one
 * waiting or running. `weeks` come newest first.
 */
export function weeksDue(weeks: readonly ComparableWeek[]): ComparableWeek[] {
  const busy = new Set(
    weeks.filter(({ state }) => state === 'waiting' || state === 'running').map(({ modelId }) => modelId),
  );
  return weeks.filter(({ modelId, state, events, comparedRows }) => {
    const isDue = state === null || (state === 'done' && events > (comparedRows ?? 0) * (1 + growth));
    if (!isDue || busy.has(modelId)) return false;
    busy.add(modelId);
    return true;
  });
}
