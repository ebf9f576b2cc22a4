import type { Granularity } from '@plumbline/contracts';
import type { EventSelection, ProfileSections } from './columnar.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import type { Params } from './params.ts';
import type { PartColumn } from './part-columns.ts';
import { slotSql } from './slot-sql.ts';

const hourMs = 3_600_000;

/** Which events a profile is made of and what it is split by; `all` = one profile of everything. */
export interface ProfileScope extends Required<ProfileSections> {
  grain: Granularity | 'all';
  selection: EventSelection;
  /** Hour slots (start, epoch ms) the scan is limited to. */
  hours?: number[];
}

/** Columns that say which profile a row belongs to. */
export const slotColumns = 'slot, model_version, environment';

/** SELECT of the slot columns and `expressions` (which read `columns`) over the events of a scope. */
export async function slottedEvents(
  scan: PartScan,
  scope: ProfileScope,
  columns: readonly PartColumn[],
  expressions: string[],
  params: Params,
): Promise<string> {
  const slot: PartColumn[] = [
    { name: 'predicted_ms', type: 'BIGINT' },
    { name: 'model_version', type: 'VARCHAR' },
    { name: 'environment', type: 'VARCHAR' },
  ];
  const wanted = scope.grain === 'all' ? slot.slice(0, 1) : slot;
  const distinct = new Map([...wanted, ...columns].map((column) => [column.name, column]));
  const events = await eventRelation(scan, narrowed(scope), [...distinct.values()], params);
  const key =
    scope.grain === 'all'
      ? ["0::BIGINT AS slot, '' AS model_version, '' AS environment"]
      : [`${slotSql(scope.grain)} AS slot`, 'model_version', 'environment'];
  const where = scope.hours ? ` WHERE ${slotSql('hour')} IN (${scope.hours.map(Math.trunc).join(', ')})` : '';
  return `SELECT ${[...key, ...expressions].join(', ')} FROM (${events})${where}`;
}

function narrowed({ selection, hours }: ProfileScope): EventSelection {
  if (!hours || hours.length === 0) return selection;
  const first = hours.reduce((a, b) => Math.min(a, b));
  const end = hours.reduce((a, b) => Math.max(a, b)) + hourMs;
  return {
    ...selection,
    fromMs: Math.max(first, selection.fromMs ?? first),
    toMs: Math.min(end, selection.toMs ?? end),
  };
}
