import type { QuarantinedRowAnswer, QuarantineGroup } from '@plumbline/contracts';
import type { QuarantineGroupRecord, QuarantineRecord } from '@plumbline/db';
import { isReplayable } from '@plumbline/intake';
import { timeText } from '../../time-text.ts';

export const showRow = (row: QuarantineRecord): QuarantinedRowAnswer => ({
  ...row,
  replayable: isReplayable(row.body),
  received_at: timeText(row.received_at),
  settled_at: timeText(row.settled_at),
});

export const showGroup = (group: QuarantineGroupRecord): QuarantineGroup => ({
  ...group,
  first_at: timeText(group.first_at),
  last_at: timeText(group.last_at),
});
