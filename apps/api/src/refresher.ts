import type { Deps } from './deps.ts';

/** Asks the workers to take new rows of a model in, without waiting; a lost request only costs time. */
export type Refresh = (modelId: string) => void;

/** Requests for a model that come while one is on its way are made one. */
export function createRefresher({ queue, logger }: Pick<Deps, 'queue' | 'logger'>): Refresh {
  const underWay = new Map<string, { again: boolean }>();
  const send = async (modelId: string): Promise<void> => {
    const state = { again: false };
    underWay.set(modelId, state);
    try {
      await queue.enqueue('refresh', { modelId });
    } catch (error) {
      logger.warn({ err: error, modelId }, 'refresh was not enqueued; the sweep will find the rows');
    } finally {
      underWay.delete(modelId);
    }
    if (state.again) await send(modelId);
  };
  return (modelId) => {
    const state = underWay.get(modelId);
    if (state) state.again = true;
    else void send(modelId);
  };
}
