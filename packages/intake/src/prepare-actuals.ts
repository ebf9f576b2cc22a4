import type { RejectedRow, StoredActual, Task } from '@plumbline/contracts';
import type { QuarantinedRow } from '@plumbline/db';
import { keepLatestActuals } from './keep-latest-actuals.ts';
import type { PostedRow } from './posted-row.ts';
import { setAside } from './prepare-events.ts';
import type { RowFault } from './row-check.ts';
import { refuseRounded } from './row-source.ts';
import { validateActual } from './validate-actual.ts';

export interface PreparedActuals {
  actuals: StoredActual[];
  /** Valid rows that a later actual of the same id in this batch supersedes. */
  superseded: number;
  rejected: RejectedRow[];
  quarantine: QuarantinedRow[];
}

/** Validates actuals and keeps one an id. Pure. */
export function prepareActuals(rows: PostedRow[], task: Task, now: number): PreparedActuals {
  const target = { rejected: [] as RejectedRow[], quarantine: [] as QuarantinedRow[] };
  const valid: StoredActual[] = [];
  for (const posted of rows) {
    const result: { value: StoredActual } | { fault: RowFault; aside?: PostedRow } =
      'fault' in posted
        ? { fault: posted.fault }
        : refuseRounded(posted, validateActual(posted.row, task, now));
    if ('fault' in result) setAside(target, result.aside ?? posted, 'actuals', result.fault);
    else valid.push(result.value);
  }
  const actuals = keepLatestActuals(valid);
  return { actuals, superseded: valid.length - actuals.length, ...target };
}
