import { listedStillRejected, type ReplayAnswer, type ReplayBody, rowsOfReplay } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { type IntakeDeps, replayRows } from '@plumbline/intake';
import { afterId, encodeCursor } from '../../page.ts';

/** Rows of one transaction: short enough that ingestion does not wait for it. */
const chunkRows = 1000;

/** Replays the oldest waiting rows of the selection, in chunks, up to the bound of one request. */
export async function replayQuarantine(
  deps: IntakeDeps,
  model: ModelRecord,
  { ids, code, field, kind, mapping = [], cursor }: ReplayBody,
): Promise<ReplayAnswer> {
  const { quarantine } = deps.db;
  const selection = { ids, code, field, kind };
  let after = cursor === undefined ? '0' : afterId(cursor);
  const answer = { replayed: 0, duplicates: 0, still_rejected_total: 0 };
  const stillRejected: ReplayAnswer['still_rejected'] = [];
  for (let seen = 0; seen < rowsOfReplay; ) {
    const rows = await quarantine.waiting(model.id, selection, { limit: chunkRows, after });
    if (rows.length === 0) break;
    const done = await replayRows(deps, model, rows, mapping);
    answer.replayed += done.replayed;
    answer.duplicates += done.duplicates;
    answer.still_rejected_total += done.rejected.length;
    stillRejected.push(...done.rejected.slice(0, listedStillRejected - stillRejected.length));
    seen += rows.length;
    after = rows.at(-1)?.id ?? after;
  }
  const remaining = await quarantine.countWaiting(model.id, selection, after);
  return {
    ...answer,
    still_rejected: stillRejected,
    remaining,
    next_cursor: remaining > 0 ? encodeCursor({ id: after }) : null,
  };
}
