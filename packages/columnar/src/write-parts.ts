import { resolve } from 'node:path';
import { rowFileFormat } from '@plumbline/contracts';
import { bodySql } from './body-sql.ts';
import type { ColumnarModel, PartRef, WrittenPart } from './columnar.ts';
import type { Session } from './duckdb-pool.ts';
import type { SqlValue } from './params.ts';
import { actualPartColumns, eventPartColumns, identityColumns } from './part-columns.ts';
import type { PartFiles } from './part-files.ts';
import { msLiteral, textLiteral } from './sql-text.ts';

const actualColumns = actualPartColumns.filter((column) => column.name.startsWith('actual_'));

/** Turns exported CSV files into parts, one for each kind and UTC month; throws when a file does not hold the announced rows. */
export async function writeParts(
  session: Session,
  files: PartFiles,
  model: ColumnarModel,
  rows: { eventsCsv: string; events: number; actualsCsv: string; actuals: number },
): Promise<WrittenPart[]> {
  const written: WrittenPart[] = [];
  try {
    if (rows.events > 0) {
      const columns = [...identityColumns, ...actualColumns, { name: 'body', type: 'VARCHAR' }];
      const source = await csvRelation(session, rows.eventsCsv, columns, rows.events);
      const target = { modelId: model.id, kind: 'events' } as const;
      written.push(
        ...(await writeMonths(session, files, target, source, (part) => typedEvents(model, part))),
      );
    }
    if (rows.actuals > 0) {
      const source = await csvRelation(session, rows.actualsCsv, actualPartColumns, rows.actuals);
      const target = { modelId: model.id, kind: 'actuals' } as const;
      written.push(...(await writeMonths(session, files, target, source, (part) => `SELECT * FROM ${part}`)));
    }
    return written;
  } catch (error) {
    await files.remove(written.map((part) => part.path));
    throw error;
  }
}

/** Turns NDJSON of StoredEvent with `actual_label`, `actual_score` and `actual_ms` into one reference part; of no rows, none. */
export async function writeReference(
  session: Session,
  files: PartFiles,
  model: ColumnarModel,
  ndjsonPath: string,
): Promise<WrittenPart[]> {
  const shape = {
    prediction_id: 'VARCHAR',
    prediction_ms: 'BIGINT',
    environment: 'VARCHAR',
    model_version: 'VARCHAR',
    actual_label: 'VARCHAR',
    actual_score: 'DOUBLE',
    actual_ms: 'BIGINT',
  };
  const source = `(SELECT row.prediction_id, row.prediction_ms AS predicted_ms, row.prediction_ms AS received_ms,
      row.environment, row.model_version, row.actual_label, row.actual_score, row.actual_ms,
      NULL::BIGINT AS actual_seq, body
    FROM (SELECT json::VARCHAR AS body, from_json(json, ${textLiteral(JSON.stringify(shape))}) AS row
      FROM read_ndjson_objects(${textLiteral(resolve(ndjsonPath))}, maximum_object_size = 33554432)))`;
  const range = await timesOf(session, `SELECT predicted_ms FROM ${source}`);
  const target = { modelId: model.id, kind: 'reference' } as const;
  return range
    ? [await files.write(session, ordered(typedEvents(model, source)), { ...target, ...range })]
    : [];
}

interface PartTarget {
  modelId: string;
  kind: PartRef['kind'];
}

/** Number and times of the rows of a SELECT that has `predicted_ms`; undefined when there are none. */
export async function timesOf(
  session: Session,
  query: string,
  values: SqlValue[] = [],
): Promise<Pick<PartRef, 'rows' | 'minMs' | 'maxMs'> | undefined> {
  const [range] = await session.rows(
    `SELECT count(*) AS rows, min(predicted_ms) AS first, max(predicted_ms) AS last FROM (${query})`,
    values,
  );
  const rows = Number(range?.rows);
  return rows === 0 ? undefined : { rows, minMs: Number(range?.first), maxMs: Number(range?.last) };
}

/**
 * Writes rows as parts of at most one UTC month and about `rowsPerPart` rows each. `source` is a relation with
 * `predicted_ms`; `select` makes the SELECT of whole rows from a relation that holds some of its rows. Rows go from
 * the source to the file without a table between: DuckDB gives every column of a table a block, which a thousand
 * features cannot afford.
 */
export async function writeMonths(
  session: Session,
  files: PartFiles,
  target: PartTarget,
  source: string,
  select: (rows: string) => string,
  rowsPerPart = 1_500_000,
): Promise<WrittenPart[]> {
  const ranges = await session.rows(`
    SELECT count(*) AS rows, min(predicted_ms) AS first, max(predicted_ms) AS last
    FROM (SELECT predicted_ms, month, ceil(count(*) OVER (PARTITION BY month) / ${rowsPerPart}) AS pieces,
        (rank() OVER (PARTITION BY month ORDER BY predicted_ms) - 1) / count(*) OVER (PARTITION BY month) AS share
      FROM (SELECT predicted_ms, date_trunc('month', make_timestamp_ms(predicted_ms)) AS month FROM ${source}))
    GROUP BY month, floor(share * pieces) ORDER BY first`);
  const written: WrittenPart[] = [];
  try {
    for (const range of ranges) {
      const [minMs, maxMs] = [Number(range.first), Number(range.last)];
      const piece = `(SELECT * FROM ${source} WHERE predicted_ms BETWEEN ${msLiteral(minMs)} AND ${msLiteral(maxMs)})`;
      const part = { ...target, rows: Number(range.rows), minMs, maxMs };
      written.push(await files.write(session, ordered(select(piece)), part));
    }
    return written;
  } catch (error) {
    await files.remove(written.map((part) => part.path));
    throw error;
  }
}

/** The rows of a SELECT in the order of a part. */
export function ordered(query: string): string {
  return `SELECT * FROM (${query}) ORDER BY predicted_ms, prediction_id`;
}

function typedEvents(model: ColumnarModel, table: string): string {
  const { structures, columns } = bodySql(model);
  const identity = [...identityColumns, ...actualColumns].map((column) => column.name);
  const order = eventPartColumns(model).map((column) => column.name);
  return `SELECT ${order.join(', ')} FROM (SELECT ${[...identity, ...columns].join(', ')}
    FROM (SELECT ${[...identity, ...structures].join(', ')} FROM ${table}))`;
}

/** A file in {@link rowFileFormat} as a relation; a quoted empty field is the empty string. */
async function csvRelation(
  session: Session,
  path: string,
  columns: readonly { name: string; type: string }[],
  expected: number,
): Promise<string> {
  const types = columns.map(({ name, type }) => `'${name}': '${type}'`).join(', ');
  const { delimiter, quote } = rowFileFormat;
  const relation = (parallel: boolean) => `read_csv(${textLiteral(resolve(path))},
      auto_detect = false, header = false, columns = {${types}}, delim = '${delimiter}', quote = '${quote}', escape = '${quote}', nullstr = '',
      allow_quoted_nulls = false, strict_mode = true, new_line = '\\n', max_line_size = 16777216,
      buffer_size = 33554432, parallel = ${parallel})`;
  // Reads every column: a count alone would not see a row that cannot be parsed.
  const check = columns.map(({ name }) => `count(${name})`).join(', ');
  const count = async (parallel: boolean) =>
    Number((await session.rows(`SELECT count(*) AS rows, ${check} FROM ${relation(parallel)}`))[0]?.rows);
  // Line breaks inside quotes can mislead the parallel reader about where a row begins.
  if ((await count(true).catch(() => undefined)) === expected) return relation(true);
  const found = await count(false);
  if (found !== expected) throw new Error(`expected ${expected} rows in ${path}, found ${found}`);
  return relation(false);
}
