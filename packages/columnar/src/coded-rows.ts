import { type Dimension, levelCount, type RowMeasure } from '@plumbline/contracts';
import type { EventSelection } from './columnar.ts';
import { dimensionSql } from './dimension-sql.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { createParams } from './params.ts';
import type { PartColumn } from './part-columns.ts';
import { rowMeasureSql } from './row-measure-sql.ts';

/** Events that have the measure, in the order of their times. */
export interface CodedRows {
  /** Events selected that have the measure, drawn or not. */
  rows: number;
  /** By dimension: the level of every row that was drawn. */
  codes: Uint8Array[];
  measure: Float64Array;
  /** 1 for about half of the rows, the same ones of the same events. */
  heldOut: Uint8Array;
}

const identity: readonly PartColumn[] = [
  { name: 'prediction_id', type: 'VARCHAR' },
  { name: 'predicted_ms', type: 'BIGINT' },
];

/** Steps of the share of rows that is drawn. */
const grain = 1_000_000;
const mostLevels = 256;

/** See `Columnar.codedRows`. The hash of the identity picks the rows and the half, so that it does not matter how parts are cut. */
export async function codedRows(
  scan: PartScan,
  selection: EventSelection,
  { dimensions, measure, limit }: { dimensions: Dimension[]; measure: RowMeasure; limit: number },
): Promise<CodedRows> {
  for (const dimension of dimensions)
    if (levelCount(dimension) > mostLevels)
      throw new RangeError(`${dimension.field} has more than ${mostLevels} levels`);
  const rows = await countRows(scan, selection, measure);
  const params = createParams();
  const levels = dimensions.map((dimension) => dimensionSql(scan.model, dimension, params));
  const { sql, columns } = rowMeasureSql(scan.model, measure, params);
  const needed = new Map(
    [...identity, ...levels.flatMap((level) => level.columns), ...columns].map((column) => [
      column.name,
      column,
    ]),
  );
  const events = await eventRelation(scan, selection, [...needed.values()], params);
  const share = Math.ceil(Math.min(1, limit / Math.max(1, rows)) * grain);
  const hash = 'hash(prediction_id, predicted_ms)';
  const picked = share < grain ? `AND ${hash} % ${grain} < ${share}` : '';
  const half = `((${hash} // ${grain}) % 2)::UTINYINT`;
  const [measured = [], halves = [], ...codes] = await scan.session.columns(
    `SELECT ${['x', half, ...levels.map((level) => `(${level.sql})::UTINYINT`)].join(', ')}
     FROM (SELECT *, ${sql} AS x FROM (${events})) WHERE x IS NOT NULL ${picked} ORDER BY predicted_ms, prediction_id`,
    params.values,
  );
  return {
    rows,
    codes: dimensions.map((_, i) => Uint8Array.from(codes[i] ?? [], Number)),
    measure: Float64Array.from(measured, Number),
    heldOut: Uint8Array.from(halves, Number),
  };
}

async function countRows(scan: PartScan, selection: EventSelection, measure: RowMeasure): Promise<number> {
  const params = createParams();
  const { sql, columns } = rowMeasureSql(scan.model, measure, params);
  const events = await eventRelation(scan, selection, columns, params);
  const [row] = await scan.session.rows(`SELECT count(${sql}) AS n FROM (${events})`, params.values);
  return Number(row?.n);
}
