import type { Processors } from '@plumbline/queue';
import { removeReplacedParts } from '../features/compaction/remove-replaced-parts.ts';
import type { ImportContext } from '../features/imports/import-context.ts';
import { removeOrphans } from '../features/imports/remove-orphans.ts';
import { every } from '../features/sweep/every.ts';
import { sweep } from '../features/sweep/sweep.ts';
import { hourMs } from '../time.ts';
import type { WorkerContext } from '../worker-context.ts';

/** Runs every second for all workers together. */
export function sweepProcessor(context: WorkerContext & ImportContext): Processors['sweep'] {
  const isCleaningDue = every(hourMs);
  return async () => {
    await sweep(context);
    if (!isCleaningDue(context.now().getTime())) return;
    await removeReplacedParts(context);
    await removeOrphans(context);
  };
}
