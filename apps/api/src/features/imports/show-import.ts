import type { Import } from '@plumbline/contracts';
import type { ImportRecord } from '@plumbline/db';
import { timeText } from '../../time-text.ts';

function progressOf({ status, bytes, bytesDone, rowsTotal, rowsDone }: ImportRecord): number {
  if (status === 'done') return 1;
  const share = rowsTotal === null ? bytesDone / Math.max(bytes, 1) : rowsDone / Math.max(rowsTotal, 1);
  return Math.min(share, 1);
}

export function showImport(record: ImportRecord): Import {
  return {
    id: record.id,
    kind: record.kind,
    format: record.format,
    name: record.name,
    status: record.status,
    bytes: record.bytes,
    rows_total: record.rowsTotal,
    rows_done: record.rowsDone,
    progress: progressOf(record),
    accepted: record.accepted,
    duplicates: record.duplicates,
    rejected: record.rejected,
    rejected_rows: record.rejectedRows,
    cancel_requested: record.cancelRequested,
    problem: record.problem,
    created_at: timeText(record.createdAt),
    started_at: timeText(record.startedAt),
    finished_at: timeText(record.finishedAt),
  };
}
