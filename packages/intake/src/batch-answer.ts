import type { IngestAnswer, RejectedRow } from '@plumbline/contracts';
import type { StoreOutcome } from '@plumbline/db';
import { conflict, type PreparedEvents } from './prepare-events.ts';

/** Rows listed at most in one answer; `rejected_total` tells the rest. */
const listedRows = 10_000;

/** What one request has come to so far. */
export interface Tally {
  accepted: number;
  duplicates: number;
  rejected: RejectedRow[];
  rejectedTotal: number;
}

export const emptyTally = (): Tally => ({ accepted: 0, duplicates: 0, rejected: [], rejectedTotal: 0 });

/** The tally after another chunk. */
export function addToTally(tally: Tally, chunk: Omit<Tally, 'rejectedTotal'>): Tally {
  const room = listedRows - tally.rejected.length;
  return {
    accepted: tally.accepted + chunk.accepted,
    duplicates: tally.duplicates + chunk.duplicates,
    rejected: tally.rejected.concat(chunk.rejected.slice(0, Math.max(0, room))),
    rejectedTotal: tally.rejectedTotal + chunk.rejected.length,
  };
}

/** A chunk of events after the store said what it knew before. */
export function eventsChunk(
  prepared: Pick<PreparedEvents, 'indexOf' | 'duplicates' | 'rejected'>,
  outcome: StoreOutcome,
): Omit<Tally, 'rejectedTotal'> {
  const conflicts = outcome.conflicts.map((id): RejectedRow => {
    const index = prepared.indexOf.get(id) ?? -1;
    const { code, pointer, detail } = conflict('this id is stored with other content; the first one stays');
    return { index, prediction_id: id, code, pointer: `/events/${index}${pointer}`, detail };
  });
  return {
    accepted: outcome.inserted,
    duplicates: prepared.duplicates + outcome.duplicates.length,
    rejected: [...prepared.rejected, ...conflicts].sort((a, b) => a.index - b.index),
  };
}

/** 202, or 422 when no row could be taken. */
export function answerOf(
  batchId: string,
  tally: Tally,
): { status: number; body: IngestAnswer & { rejected_total?: number } } {
  const { accepted, duplicates, rejected, rejectedTotal } = tally;
  const body = { batch_id: batchId, accepted, duplicates, rejected };
  const status = accepted === 0 && duplicates === 0 && rejectedTotal > 0 ? 422 : 202;
  return {
    status,
    body: rejectedTotal > rejected.length ? { ...body, rejected_total: rejectedTotal } : body,
  };
}
