import type { ColumnarModel, EventSelection, PartRef } from './columnar.ts';
import type { Session } from './duckdb-pool.ts';
import { filterSql } from './filter-sql.ts';
import { knownActuals } from './known-actuals.ts';
import type { Params } from './params.ts';
import { actualPartColumns, type PartColumn } from './part-columns.ts';
import { type PartSchemas, partRelation, touching } from './part-relation.ts';
import { msLiteral } from './sql-text.ts';

/** Where rows come from: a connection, the files and the parts a question is asked of. */
export interface PartScan {
  session: Session;
  schemas: PartSchemas;
  model: ColumnarModel;
  parts: PartRef[];
}

/** Older than any actual that has a time: an actual without one loses against every actual with one. */
const beforeAllTimes = '-1000000000000000000';

/**
 * SELECT of `columns` over the selected events of event and reference parts. `actual_*` columns are the effective
 * actual: the latest by (actual time, nulls first; sequence) of the event's own and those in actuals parts.
 */
export async function eventRelation(
  scan: PartScan,
  selection: EventSelection,
  columns: readonly PartColumn[],
  params: Params,
): Promise<string> {
  const { session, schemas, model } = scan;
  const conditions: string[] = [];
  const needed = new Map(columns.map((column) => [column.name, column]));
  const need = (column: PartColumn) => needed.set(column.name, column);
  if (selection.version !== undefined) {
    need({ name: 'model_version', type: 'VARCHAR' });
    conditions.push(`model_version = ${params.add(selection.version)}`);
  }
  if (selection.environment !== undefined) {
    need({ name: 'environment', type: 'VARCHAR' });
    conditions.push(`environment = ${params.add(selection.environment)}`);
  }
  if (selection.filter !== undefined) {
    const filter = filterSql(model, selection.filter, params);
    filter.columns.forEach(need);
    conditions.push(filter.sql);
  }

  const { asOf } = selection;
  if (asOf) {
    need({ name: 'received_ms', type: 'BIGINT' });
    conditions.push(`received_ms <= ${msLiteral(asOf.receivedMs)}`);
  }

  const parts = touching(scan.parts, selection);
  const eventParts = parts.filter((part) => part.kind !== 'actuals');
  const actualParts = parts.filter((part) => part.kind === 'actuals');
  const usesActuals = [...needed.keys()].some((name) => name.startsWith('actual_'));
  if (usesActuals && (actualParts.length > 0 || asOf))
    for (const column of actualPartColumns) if (column.name !== 'predicted_ms') need(column);
  let relation: string;
  if (usesActuals && actualParts.length > 0) {
    const events = partRelation(await schemas.group(session, eventParts), [...needed.values()], selection);
    const actuals = partRelation(await schemas.group(session, actualParts), actualPartColumns, selection);
    relation = withActuals(events, actuals, [...needed.keys()]);
  } else {
    relation = partRelation(await schemas.group(session, eventParts), [...needed.values()], selection);
  }
  if (usesActuals && asOf) relation = knownActuals(relation, [...needed.keys()], asOf, params);
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const names = columns.map((column) => column.name);
  return `SELECT ${names.length > 0 ? names.join(', ') : '1 AS one'} FROM (${relation})${where}`;
}

function withActuals(events: string, actuals: string, columns: string[]): string {
  const selected = columns.map((name) =>
    name.startsWith('actual_')
      ? `CASE WHEN late THEN latest.actual.${name} ELSE own.${name} END AS ${name}`
      : `own.${name}`,
  );
  return `SELECT ${selected.join(', ')} FROM (
    SELECT own, latest, latest.prediction_id IS NOT NULL
      AND (${order('latest.actual')}) >= (${order('own')}) AS late
    FROM (${events}) own LEFT JOIN (${latestActuals(actuals)}) latest ON own.prediction_id = latest.prediction_id)`;
}

/** One row for each prediction id: the latest actual as a structure, so that a label taken back stays null. */
export function latestActuals(actuals: string): string {
  const value =
    "{'actual_label': actual_label, 'actual_score': actual_score, 'actual_ms': actual_ms, 'actual_seq': actual_seq}";
  const key = `{'ms': coalesce(actual_ms, ${beforeAllTimes}), 'seq': coalesce(actual_seq, -1)}`;
  return `SELECT prediction_id, min(predicted_ms) AS predicted_ms, arg_max(${value}, ${key}) AS actual
    FROM (${actuals}) GROUP BY prediction_id`;
}

function order(row: string): string {
  return `coalesce(${row}.actual_ms, ${beforeAllTimes}), coalesce(${row}.actual_seq, -1)`;
}
