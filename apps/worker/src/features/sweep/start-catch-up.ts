import { setTimeout as wait } from 'node:timers/promises';
import type { Processors } from '@plumbline/queue';
import type { WorkerContext } from '../../worker-context.ts';

const lookEveryMs = 1_000;

/** A queue that works mirrors within a second; rows that wait longer have a job that died with its worker. */
const patienceMs = 5_000;

/**
 * Refreshes models the queue does not get to: at the start all that were left behind, afterwards those whose rows wait
 * too long. A job of a killed worker keeps its place until its lock has run out, and new ones wait behind it.
 */
export function startCatchUp(
  { db, logger }: Pick<WorkerContext, 'db' | 'logger'>,
  refresh: Processors['refresh'],
): { close(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function refreshAll(modelIds: Iterable<string>): Promise<void> {
    for (const modelId of modelIds) if (!signal.aborted) await refresh({ modelId }, { signal });
  }

  async function look(isFirst: boolean): Promise<void> {
    try {
      const pending = await db.parts.modelsWithPending({ olderThanMs: isFirst ? 0 : patienceMs });
      const stale = isFirst ? await db.profiles.modelsWithStaleHours() : [];
      await refreshAll(new Set([...pending, ...stale]));
    } catch (error) {
      if (!signal.aborted) logger.warn({ err: error }, 'catching up failed; trying again');
    }
  }

  const running = (async () => {
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      await look(isFirst);
      await wait(lookEveryMs, undefined, { signal }).catch(() => {});
    }
  })();
  return {
    async close() {
      stopping.abort();
      await running;
    },
  };
}
