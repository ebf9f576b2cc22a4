import type { Deps } from './deps.ts';

/** Asks the workers to take new rows of a model in, without waiting; a lost request only costs time. */
export type Refresh = (modelId: string) => void;

/**
 * While rows stream in, the workers are asked once a second: what a part costs beside its rows is paid once a second
 * then and not once a request. The first row after a pause is asked for at once.
 */
const everyMs = 1_000;
const rememberedModels = 10_000;

/** Milliseconds to wait before workers are asked again at `now`; null when they will be asked anyway. */
export function refreshDelay(askedForMs: number | undefined, now: number): number | null {
  if (askedForMs === undefined || askedForMs + everyMs <= now) return 0;
  return askedForMs > now ? null : askedForMs + everyMs - now;
}

/** Requests for a model that come while one is ahead are dropped: it takes their rows along. */
export function createRefresher({ queue, logger }: Pick<Deps, 'queue' | 'logger'>): Refresh {
  /** When the workers were last asked to begin, or will be. */
  const askedFor = new Map<string, number>();
  return (modelId) => {
    const now = Date.now();
    const delayMs = refreshDelay(askedFor.get(modelId), now);
    if (delayMs === null) return;
    if (askedFor.size >= rememberedModels) askedFor.clear();
    askedFor.set(modelId, now + delayMs);
    queue.enqueue('refresh', { modelId }, delayMs === 0 ? {} : { delayMs }).catch((error: unknown) => {
      askedFor.delete(modelId);
      logger.warn({ err: error, modelId }, 'refresh was not enqueued; the sweep will find the rows');
    });
  };
}
