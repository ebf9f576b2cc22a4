import type { ReferenceAnswer } from '@plumbline/contracts';
import type { BinSetRecord, Recomputation } from '@plumbline/db';
import { timeText } from '../../time-text.ts';

/** The active reference with the progress of what a new one sets off. */
export function showReference(
  { id, body, reference }: BinSetRecord,
  { startedAt, endedAt, hours, profiled }: Recomputation,
): ReferenceAnswer {
  const isCurrent = endedAt !== null;
  return {
    reference: reference && {
      id: reference.id,
      source: reference.source,
      rows: reference.rows,
      from: reference.minMs === null ? null : timeText(reference.minMs),
      to: reference.maxMs === null ? null : timeText(reference.maxMs),
      created_at: timeText(reference.createdAt),
    },
    bins: { id, columns: body.columns.length, created_at: timeText(startedAt) },
    history: isCurrent
      ? { status: 'current', hours: 0, hours_done: 0 }
      : { status: 'recomputing', hours, hours_done: profiled },
  };
}
