import type { Granularity } from '@plumbline/contracts';
import { categorySql, finiteSql } from './column-profiles.ts';
import type { DistinctRows, EventSelection } from './columnar.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { resolveField } from './field.ts';
import { createParams } from './params.ts';
import { slotSql } from './slot-sql.ts';

/** See `Columnar.distinctRows`. */
export async function distinctRows(
  scan: PartScan,
  selection: EventSelection,
  { columns, grain }: { columns: string[]; grain: Granularity | 'all' },
): Promise<DistinctRows[]> {
  const params = createParams();
  const fields = columns.map((column) => resolveField(scan.model, column, params));
  const values = fields.map((field) => (field.kind === 'number' ? finiteSql(field) : categorySql(field)));
  const needed = new Map(
    [{ name: 'predicted_ms', type: 'BIGINT' } as const, ...fields.flatMap((field) => field.columns)].map(
      (column) => [column.name, column],
    ),
  );
  const events = await eventRelation(scan, selection, [...needed.values()], params);
  const [starts = [], rows = [], distinct = []] = await scan.session.columns(
    `SELECT slot::DOUBLE, count(*)::DOUBLE, count(DISTINCT content)::DOUBLE
    FROM (SELECT ${grain === 'all' ? '0' : slotSql(grain)} AS slot, hash(${['0', ...values].join(', ')}) AS content FROM (${events}))
    GROUP BY slot ORDER BY slot`,
    params.values,
  );
  return starts.map((start, i) => ({
    start: Number(start),
    rows: Number(rows[i]),
    distinct: Number(distinct[i]),
  }));
}
