import { resolve } from 'node:path';
import { bodySql } from './body-sql.ts';
import type { ColumnarModel, PartRef, WrittenPart } from './columnar.ts';
import type { Session } from './duckdb-pool.ts';
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
  if (rows.events > 0) {
    const columns = [...identityColumns, ...actualColumns, { name: 'body', type: 'VARCHAR' }];
    await stageCsv(session, rows.eventsCsv, columns, rows.events);
    const staged = `SELECT ${typedEvents(model, 'staged_csv')} ORDER BY predicted_ms, prediction_id`;
    written.push(...(await writeMonths(session, files, { modelId: model.id, kind: 'events' }, staged)));
  }
  if (rows.actuals > 0) {
    await stageCsv(session, rows.actualsCsv, actualPartColumns, rows.actuals);
    const staged = 'SELECT * FROM staged_csv ORDER BY predicted_ms, prediction_id';
    written.push(...(await writeMonths(session, files, { modelId: model.id, kind: 'actuals' }, staged)));
  }
  await session.run('DROP TABLE IF EXISTS staged_csv');
  return written;
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
  await session.run(`CREATE OR REPLACE TEMP TABLE staged_json AS
    SELECT row.prediction_id, row.prediction_ms AS predicted_ms, row.prediction_ms AS received_ms, row.environment,
      row.model_version, row.actual_label, row.actual_score, row.actual_ms, NULL::BIGINT AS actual_seq, body
    FROM (SELECT json::VARCHAR AS body, from_json(json, ${textLiteral(JSON.stringify(shape))}) AS row
      FROM read_ndjson_objects(${textLiteral(resolve(ndjsonPath))}, maximum_object_size = 33554432))`);
  try {
    const staged = `SELECT ${typedEvents(model, 'staged_json')} ORDER BY predicted_ms, prediction_id`;
    return await writeWhole(session, files, { modelId: model.id, kind: 'reference' }, staged);
  } finally {
    await session.run('DROP TABLE IF EXISTS staged_json');
  }
}

interface PartTarget {
  modelId: string;
  kind: PartRef['kind'];
}

/** Writes the rows of an ordered SELECT as one part; none when there are no rows. */
export async function writeWhole(
  session: Session,
  files: PartFiles,
  target: PartTarget,
  query: string,
  values: (string | number | boolean)[] = [],
): Promise<WrittenPart[]> {
  await session.run(`CREATE OR REPLACE TEMP TABLE staged_rows AS ${query}`, values);
  try {
    const [range] = await session.rows(
      'SELECT count(*) AS rows, min(predicted_ms) AS first, max(predicted_ms) AS last FROM staged_rows',
    );
    const rows = Number(range?.rows);
    if (rows === 0) return [];
    const content = { ...target, rows, minMs: Number(range?.first), maxMs: Number(range?.last) };
    return [await files.write(session, 'SELECT * FROM staged_rows', content)];
  } finally {
    await session.run('DROP TABLE IF EXISTS staged_rows');
  }
}

/** Writes the rows of an ordered SELECT as parts of at most one UTC month and about `rowsPerPart` rows each. */
export async function writeMonths(
  session: Session,
  files: PartFiles,
  target: PartTarget,
  query: string,
  rowsPerPart = 1_500_000,
): Promise<WrittenPart[]> {
  await session.run(`CREATE OR REPLACE TEMP TABLE staged_rows AS ${query}`);
  try {
    const ranges = await session.rows(`
      SELECT count(*) AS rows, min(predicted_ms) AS first, max(predicted_ms) AS last
      FROM (SELECT predicted_ms, month, ceil(count(*) OVER (PARTITION BY month) / ${rowsPerPart}) AS pieces,
          (rank() OVER (PARTITION BY month ORDER BY predicted_ms) - 1) / count(*) OVER (PARTITION BY month) AS share
        FROM (SELECT predicted_ms, date_trunc('month', make_timestamp_ms(predicted_ms)) AS month FROM staged_rows))
      GROUP BY month, floor(share * pieces) ORDER BY first`);
    const written: WrittenPart[] = [];
    for (const range of ranges) {
      const [minMs, maxMs] = [Number(range.first), Number(range.last)];
      const rows = `SELECT * FROM staged_rows WHERE predicted_ms BETWEEN ${msLiteral(minMs)} AND ${msLiteral(maxMs)}`;
      written.push(await files.write(session, rows, { ...target, rows: Number(range.rows), minMs, maxMs }));
    }
    return written;
  } finally {
    await session.run('DROP TABLE IF EXISTS staged_rows');
  }
}

function typedEvents(model: ColumnarModel, table: string): string {
  const { structures, columns } = bodySql(model);
  const identity = [...identityColumns, ...actualColumns].map((column) => column.name);
  const order = eventPartColumns(model).map((column) => column.name);
  return `${order.join(', ')} FROM (SELECT ${[...identity, ...columns].join(', ')}
    FROM (SELECT ${[...identity, ...structures].join(', ')} FROM ${table}))`;
}

/** An unquoted empty field is NULL, a quoted one is the empty string. */
async function stageCsv(
  session: Session,
  path: string,
  columns: readonly { name: string; type: string }[],
  expected: number,
): Promise<void> {
  const types = columns.map(({ name, type }) => `'${name}': '${type}'`).join(', ');
  const load = (parallel: boolean) =>
    session.run(`CREATE OR REPLACE TEMP TABLE staged_csv AS SELECT * FROM read_csv(${textLiteral(resolve(path))},
      auto_detect = false, header = false, columns = {${types}}, delim = ',', quote = '"', escape = '"', nullstr = '',
      allow_quoted_nulls = false, strict_mode = true, max_line_size = 16777216, parallel = ${parallel})`);
  const count = async () => Number((await session.rows('SELECT count(*) AS rows FROM staged_csv'))[0]?.rows);
  await load(true);
  if ((await count()) === expected) return;
  // Line breaks inside quotes can mislead the parallel reader about where a row begins.
  await load(false);
  const found = await count();
  if (found !== expected) throw new Error(`expected ${expected} rows in ${path}, found ${found}`);
}
