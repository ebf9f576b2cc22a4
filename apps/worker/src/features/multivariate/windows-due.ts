import type { ComparableWindow } from '@plumbline/db';

/** Late rows count once they are this share of the rows that were compared. */
const growth = 0.1;

/**
 * The newest window of each model that was never compared or has grown by a tenth since, of those with `leastRows`; none
 * of a model that has one waiting or running. `windows` are of one length and come newest first.
 */
export function windowsDue(windows: readonly ComparableWindow[], leastRows: number): ComparableWindow[] {
  const busy = new Set(
    windows.filter(({ state }) => state === 'waiting' || state === 'running').map(({ modelId }) => modelId),
  );
  return windows.filter(({ modelId, state, events, comparedRows }) => {
    const isDue = state === null || (state === 'done' && events > (comparedRows ?? 0) * (1 + growth));
    if (!isDue || events < leastRows || busy.has(modelId)) return false;
    busy.add(modelId);
    return true;
  });
}
