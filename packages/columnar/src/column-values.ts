import { categorySql, finiteSql } from './column-profiles.ts';
import type { EventSelection } from './columnar.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { resolveField } from './field.ts';
import { createParams } from './params.ts';

/** The values of one column in the order of (prediction time, id), null for missing; the first `limit` of them. */
export async function columnValues(
  scan: PartScan,
  selection: EventSelection,
  column: string,
  limit: number,
): Promise<(number | string | null)[]> {
  const params = createParams();
  const field = resolveField(scan.model, column, params);
  const value = field.kind === 'number' ? finiteSql(field) : categorySql(field);
  const columns = [
    { name: 'predicted_ms', type: 'BIGINT' } as const,
    { name: 'prediction_id', type: 'VARCHAR' } as const,
    ...field.columns,
  ];
  const distinct = [...new Map(columns.map((needed) => [needed.name, needed])).values()];
  const events = await eventRelation(scan, selection, distinct, params);
  const [values] = await scan.session.columns(
    `SELECT ${value} AS value FROM (${events}) ORDER BY predicted_ms, prediction_id LIMIT ${Math.trunc(limit)}`,
    params.values,
  );
  return (values ?? []) as (number | string | null)[];
}
