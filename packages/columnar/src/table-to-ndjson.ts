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

/**
 * Parquet → NDJSON, one object a row in the order of the file, in bounded memory. Times become RFC 3339 text (those
 * without a zone are UTC), whole numbers beyond 2^53 and infinities text, NaN null.
 * @returns the names of the columns in the order of the file
 * @throws UnreadableTableError
 */
export async function tableToNdjson(
  session: Session,
  tablePath: string,
  ndjsonPath: string,
): Promise<string[]> {
  const source = `read_parquet(${textLiteral(resolve(tablePath))}, hive_partitioning = false)`;
  try {
    const columns = (await session.rows(`DESCRIBE SELECT * FROM ${source}`)).map((row) => ({
      name: String(row.column_name),
      type: String(row.column_type),
    }));
    const values = columns.map(
      ({ name, type }) => `${valueSql(identifier(name), type)} AS ${identifier(name)}`,
    );
    await session.run(
      `COPY (SELECT ${values.join(', ')} FROM ${source}) TO ${textLiteral(resolve(ndjsonPath))} (FORMAT json)`,
    );
    return columns.map(({ name }) => name);
  } catch (error) {
    if (isOurs(error)) throw error;
    throw new UnreadableTableError(error);
  }
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
