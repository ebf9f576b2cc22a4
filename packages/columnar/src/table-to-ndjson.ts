import { resolve } from 'node:path';
import type { Session } from './duckdb-pool.ts';
import { textLiteral } from './sql-text.ts';

/** A file that is no table, or that breaks off or contradicts itself. */
export class UnreadableTableError extends Error {
  constructor(cause: unknown) {
    super('the file cannot be read as a table', { cause });
    this.name = 'UnreadableTableError';
  }
}

const sourceOf = (tablePath: string) =>
  `read_parquet(${textLiteral(resolve(tablePath))}, hive_partitioning = false)`;

async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isOurs(error)) throw error;
    throw new UnreadableTableError(error);
  }
}

async function columnsOf(session: Session, tablePath: string): Promise<{ name: string; type: string }[]> {
  const rows = await session.rows(`DESCRIBE SELECT * FROM ${sourceOf(tablePath)}`);
  return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
}

/**
 * What the footer of a Parquet file says: the names of its columns in order and how many rows it holds.
 * @throws UnreadableTableError
 */
export function describeTable(
  session: Session,
  tablePath: string,
): Promise<{ columns: string[]; rows: number }> {
  return reading(async () => {
    const columns = await columnsOf(session, tablePath);
    const [count] = await session.rows(`SELECT count(*) AS rows FROM ${sourceOf(tablePath)}`);
    return { columns: columns.map(({ name }) => name), rows: Number(count?.rows) };
  });
}

/**
 * Parquet → NDJSON, one object a row in the order of the file, in bounded memory. Times become RFC 3339 text (those
 * without a zone are UTC), whole numbers beyond 2^53 and infinities text, NaN null. With `window` only its rows.
 * @returns the names of the columns in the order of the file
 * @throws UnreadableTableError
 */
export function tableToNdjson(
  session: Session,
  tablePath: string,
  ndjsonPath: string,
  window?: { offset: number; limit: number },
): Promise<string[]> {
  return reading(async () => {
    const columns = await columnsOf(session, tablePath);
    const values = columns.map(
      ({ name, type }) => `${valueSql(identifier(name), type)} AS ${identifier(name)}`,
    );
    const rows = `SELECT * FROM ${sourceOf(tablePath)}`;
    const limited = window ? `${rows} LIMIT ${window.limit} OFFSET ${window.offset}` : rows;
    await session.run(
      `COPY (SELECT ${values.join(', ')} FROM (${limited})) TO ${textLiteral(resolve(ndjsonPath))} (FORMAT json)`,
    );
    return columns.map(({ name }) => name);
  });
}

/** Whether a failure says nothing about the file. */
function isOurs(error: unknown): boolean {
  return /engine is closed|interrupt|out of memory|no space left|permission/i.test(String(error));
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const wholeNumbers = /^U?(BIGINT|HUGEINT)$/;
const safe = '9007199254740992';

function valueSql(column: string, type: string): string {
  if (/^(TIMESTAMP|DATE)/.test(type)) {
    return `strftime(${column}::TIMESTAMPTZ::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%fZ')`;
  }
  if (wholeNumbers.test(type)) {
    const isSafe = `${column} BETWEEN -${safe}::HUGEINT AND ${safe}::HUGEINT`;
    return `CASE WHEN ${isSafe} THEN to_json(${column}) ELSE to_json(${column}::VARCHAR) END`;
  }
  if (type === 'DOUBLE' || type === 'FLOAT') {
    return `CASE WHEN isnan(${column}) THEN NULL WHEN isinf(${column}) THEN to_json(${column}::VARCHAR) ELSE to_json(${column}) END`;
  }
  if (type.startsWith('DECIMAL')) return `${column}::DOUBLE`;
  if (/^(VARCHAR|BOOLEAN|U?(TINY|SMALL)INT|U?INTEGER|JSON)$/.test(type)) return column;
  return /\[\d*\]$|^(STRUCT|MAP)/.test(type) ? column : `${column}::VARCHAR`;
}
