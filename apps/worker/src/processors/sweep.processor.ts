import { quarantineRetention } from '@plumbline/contracts';
import type { Processors } from '@plumbline/queue';
import { removeReplacedParts } from '../features/compaction/remove-replaced-parts.ts';
import { sweepReferences } from '../features/estimation/learn-losses.ts';
import type { ImportContext } from '../features/imports/import-context.ts';
import { removeOrphans } from '../features/imports/remove-orphans.ts';
import { sweepSilence } from '../features/judging/sweep-silence.ts';
import { scheduleWindows, sweepWindows } from '../features/multivariate/schedule-windows.ts';
import { mergeMonths } from '../features/profiling/merge-months.ts';
import { renewProfiles } from '../features/profiling/renew-profiles.ts';
import { createSchemaWatch } from '../features/schema/watch-schema.ts';
import { every } from '../features/sweep/every.ts';
import { removeAbandonedFiles } from '../features/sweep/remove-abandoned-files.ts';
import { sweep } from '../features/sweep/sweep.ts';
import { dayMs, hourMs } from '../time.ts';
import type { WorkerContext } from '../worker-context.ts';

const renewMs = 5_000;
const watchMs = 60_000;
const scheduleMs = 60_000;
const silenceMs = 60_000;
const mergeMs = 60_000;
const pruneMs = 600_000;

/** Runs every second for all workers together. */
export function sweepProcessor(context: WorkerContext & ImportContext): Processors['sweep'] {
  const isRenewalDue = every(renewMs);
  const isWatchDue = every(watchMs);
  const isScheduleDue = every(scheduleMs);
  // First due a minute from now: a worker that starts has more urgent work.
  isScheduleDue(context.now().getTime());
  const isMergeDue = every(mergeMs);
  const isSilenceDue = every(silenceMs);
  const isPruneDue = every(pruneMs);
  const isCleaningDue = every(hourMs);
  const watchSchemas = createSchemaWatch(context);
  return async () => {
    await sweep(context);
    const now = context.now().getTime();
    if (isRenewalDue(now)) {
      await renewProfiles(context);
      await sweepReferences(context);
    }
    if (isWatchDue(now)) await watchSchemas();
    if (isScheduleDue(now)) await scheduleWindows(context);
    await sweepWindows(context);
    if (isMergeDue(now)) await mergeMonths(context);
    if (isSilenceDue(now)) await sweepSilence(context);
    if (isPruneDue(now)) {
      const { days, rows } = quarantineRetention;
      await context.db.quarantine.prune({ before: new Date(now - days * dayMs), keep: rows });
    }
    if (!isCleaningDue(now)) return;
    await removeReplacedParts(context);
    await removeOrphans(context);
    await removeAbandonedFiles(context);
  };
}
